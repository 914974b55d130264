"""The copy for Europass: whole, of the right shape, and as silent as the badge."""

import json
import os
from base64 import b64decode
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pyshacl
import pytest
from PIL import Image
from pyld import jsonld
from rdflib import SH, Graph

from tests.badges.awards import AWARD, CONTENT, FULL_AWARD, WHOLE, defined
from tests.badges.test_credential import SECRETS
from voice_app.scoring.badges.award import Assessed, Award
from voice_app.scoring.badges.european import CONTEXTS, blank_page, european, uploadable
from voice_app.scoring.badges.european_lists import UnknownCountryError

HERE = Path(__file__).parent / "data"
# Europe's own files, where whoever runs the tests has them.
THEIRS = os.environ.get("EUROPEAN_MODEL")
LEAST_TRIPLES = 140
SEAL = "eidasLegalIdentifier"


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def models() -> dict[str, tuple[dict, Path]]:
    """Give pairs of a context and shapes by the name of who wrote them."""
    found = {"ours": (read(HERE / "european.context.json"), HERE / "european.shapes.ttl")}
    if THEIRS:
        context = read(Path(THEIRS) / "edc-ap-context.jsonld")
        found["theirs"] = (context, Path(THEIRS) / "EDC-generic-no-cv.ttl")
    return found


MODELS = models()


def loader(context: dict):
    bundled = files("pyld.documentloader.frozen") / "bundled" / "credentials-v1.jsonld"
    known = {CONTEXTS[0]: json.loads(bundled.read_text(encoding="utf-8")), CONTEXTS[1]: context}

    def load(url: str, _options: object = None) -> dict:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": known[url],
        }

    return load


def graph(document: dict, context: dict) -> Graph:
    options = {"documentLoader": loader(context), "format": "application/n-quads"}
    triples = jsonld.normalize(document, options | {"algorithm": "URDNA2015"})
    return Graph().parse(data=triples, format="nt")


def objections(document: dict, context: dict, shapes: Path) -> list[str]:
    """Give the last words of each path that is objected to."""
    written = Graph().parse(shapes)
    is_good, report, _ = pyshacl.validate(graph(document, context), shacl_graph=written)
    paths = [str(path) for path in report.objects(None, SH.resultPath)]
    assert is_good is not bool(paths)
    return sorted({path.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for path in paths})


@pytest.fixture(scope="module", params=MODELS)
def model(request: pytest.FixtureRequest) -> tuple[dict, Path]:
    return MODELS[request.param]


@pytest.mark.parametrize(
    "award",
    [AWARD, WHOLE, FULL_AWARD, replace(WHOLE, definition=defined("MC4", "en"))],
    ids=["plain", "whole", "full", "MC4-en"],
)
def test_it_has_the_shape_that_europe_asks_for(award: Award, model: tuple[dict, Path]):
    context, shapes = model
    document = european(award, eidas="INVENTED-1")
    assert len(graph(document, context)) >= LEAST_TRIPLES
    assert objections(document, context, shapes) == []


def test_only_what_the_seal_adds_is_missing_without_it(model: tuple[dict, Path]):
    assert set(objections(european(WHOLE), *model)) <= {SEAL, "issuer"}
    assert SEAL in objections(european(WHOLE), *model)


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        (("validFrom",), "validFrom"),
        (("displayParameter", "title"), "title"),
        (("displayParameter", "individualDisplay"), "individualDisplay"),
        (("issuer", "location"), "location"),
        (("credentialSubject", "hasClaim"), "hasClaim"),
        (("credentialSubject", "hasClaim", "awardedBy"), "awardedBy"),
        (("credentialSubject", "hasClaim", "specifiedBy", "title"), "title"),
    ],
)
def test_the_shapes_object_to_what_is_missing(
    path: tuple[str, ...], missing: str, model: tuple[dict, Path]
):
    document = european(
        replace(AWARD, issuer=replace(AWARD.issuer, email=None)), eidas="INVENTED-1"
    )
    place = document
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    if path[0] == "issuer":
        # The same organization is described where the badge is awarded.
        place = document["credentialSubject"]["hasClaim"]
        place["awardedBy"]["awardingBody"].pop(path[1])
        place["provenBy"][0]["awardedBy"]["awardingBody"].pop(path[1])
    assert missing in objections(document, *model)


def test_no_term_is_dropped_in_reading():
    context, _ = MODELS["ours"]
    caught = {"@vocab": "urn:undefined-term:"}
    for award in (AWARD, WHOLE, FULL_AWARD):
        document = european(award, eidas="INVENTED-1")
        strict = document | {"@context": [*document["@context"], caught]}
        expanded = json.dumps(jsonld.expand(strict, {"documentLoader": loader(context)}))
        assert "urn:undefined-term:" not in expanded


@pytest.mark.parametrize("name", MODELS)
def test_all_contexts_read_the_same(name: str):
    document = european(FULL_AWARD, eidas="INVENTED-1")
    assert set(graph(document, MODELS[name][0])) == set(graph(document, MODELS["ours"][0]))


@pytest.mark.parametrize("competence", CONTENT.micro_competences)
@pytest.mark.parametrize("language", ["fr", "es", "en"])
def test_it_tells_nothing_private(competence: str, language: str):
    document = european(replace(WHOLE, definition=defined(competence, language)))
    document.pop("displayParameter")
    said = json.dumps(document, ensure_ascii=False)
    assert not SECRETS.search(said)


def test_supervision_and_workload_are_told_as_they_are():
    claim = european(AWARD)["credentialSubject"]["hasClaim"]
    (test,) = claim["provenBy"]
    assert test["idVerification"]["id"].endswith("/c598449d64")
    assert "volumeOfLearning" not in claim["specifiedBy"]
    assert any(
        "non mesurées" in one["noteLiteral"]["fr"] for one in claim["specifiedBy"]["additionalNote"]
    )
    sure = replace(WHOLE, assessed=Assessed(is_supervised=True, is_identity_checked=True))
    claim = european(sure)["credentialSubject"]["hasClaim"]
    assert claim["provenBy"][0]["idVerification"]["id"].endswith("/70be69aaf9")
    assert claim["specifiedBy"]["volumeOfLearning"] == "PT12H"


def test_the_full_micro_certification_has_its_parts():
    claim = european(FULL_AWARD)["credentialSubject"]["hasClaim"]
    assert [one["identifier"]["notation"] for one in claim["hasPart"]] == list(FULL_AWARD.parts)
    assert claim["specifiedBy"]["isPartialQualification"] is False
    assert len(claim["provenBy"]) == 2
    assert european(WHOLE)["credentialSubject"]["hasClaim"]["specifiedBy"]["isPartialQualification"]


def test_a_person_without_a_name_has_none():
    assert "fullName" not in european(AWARD)["credentialSubject"]


def test_its_id_is_its_own_and_always_the_same():
    assert (
        european(AWARD)["id"]
        == european(AWARD)["id"]
        != european(replace(AWARD, code="AAAA2222"))["id"]
    )


def test_a_picture_is_shown_or_a_blank_page():
    def shown(document: dict) -> bytes:
        (page,) = document["displayParameter"]["individualDisplay"][0]["displayDetail"]
        return b64decode(page["image"]["content"])

    assert shown(european(AWARD, picture=b"a picture")) == b"a picture"
    with Image.open(BytesIO(shown(european(AWARD)))) as page:
        page.load()
        assert page.size == (210, 297)
        assert page.getpixel((100, 100)) == 255
    assert len(blank_page()) < 1000


def test_a_language_that_the_list_lacks_is_left_out():
    korean = replace(AWARD.definition, employer_language="ko", own_name="한국어")
    claim = european(replace(AWARD, definition=korean))["credentialSubject"]["hasClaim"]
    assert "language" not in claim["specifiedBy"]
    assert claim["title"].keys() == {"en"}


def test_a_country_outside_of_the_list_is_refused():
    with pytest.raises(UnknownCountryError):
        european(replace(AWARD, issuer=replace(AWARD.issuer, country="XX")))


def test_the_file_for_europass_holds_the_credential():
    assert uploadable(european(AWARD)) == {"credential": european(AWARD)}
