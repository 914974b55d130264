"""What is good to know: each page in each language, one after the other, and back to the test."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient

from voice_app.dialogues.content import Assessment, Content
from voice_app.dialogues.scenario import ScenarioBank

LANGUAGES = ("fr", "es", "en")
_DOOR = re.compile(r'<li><a href="([^"]+)" aria-label')


def page(client: TestClient, code: str, **asked: str | int) -> str:
    answer = client.get(f"/learn/{code}", params=asked)
    assert answer.status_code == 200
    return unescape(answer.text)


def doors(text: str) -> list[str]:
    return [unescape(address) for address in _DOOR.findall(text)]


def banks(content: Content) -> dict[str, Assessment | ScenarioBank]:
    return {**content.assessments, **content.scenarios}


def test_every_page_says_its_title_and_every_sentence_in_every_language(
    client: TestClient, content: Content
):
    assert banks(content).keys() == {"MC1", "MC2", "MC3", "MC4"}
    for code, bank in banks(content).items():
        assert bank.resources
        for number, resource in enumerate(bank.resources, start=1):
            for language in LANGUAGES:
                text = page(client, code, page=number, lang=language)
                for picture in resource.pictures or (resource.picture,):
                    assert f"/pictures/{picture}.svg" in text
                for sentence in (resource.title[language], *resource.says[language]):
                    assert sentence in text


def test_a_word_of_the_work_has_its_picture_beside_it(client: TestClient, content: Content):
    rooms = next(one for one in content.assessments["MC3"].resources if one.id == "rooms")
    number = content.assessments["MC3"].resources.index(rooms) + 1
    text = page(client, "MC3", page=number, lang="en")
    for picture, sentence in zip(rooms.pictures, rooms.says["en"], strict=True):
        beside = rf"""/pictures/{picture}\.svg"[^>]*>\s*<p class="sentence">{sentence}"""
        assert re.search(beside, text)


def test_the_pages_lead_from_the_first_to_the_last_in_one_language(
    client: TestClient, content: Content
):
    for code, bank in banks(content).items():
        address, seen = f"/learn/{code}?lang=es&employer=fr", 0
        while address:
            text = unescape(client.get(address).text)
            seen += 1
            onward = [one for one in doors(text) if f"page={seen + 1}&" in one]
            assert all("lang=es" in one and "employer=fr" in one for one in onward)
            address = f"/learn/{code}{onward[0]}" if onward else ""
        assert seen == len(bank.resources)


def test_every_page_leads_back_to_what_was_chosen(client: TestClient, content: Content):
    for code in banks(content):
        (*_, begin) = doors(page(client, code, lang="es", employer="fr"))
        assert parse_qs(urlsplit(begin).query) == {
            "help": ["es"],
            "employer": ["fr"],
            "assessment": [code],
        }


def test_there_is_no_page_of_what_is_not_there(client: TestClient, content: Content):
    code = next(iter(content.scenarios))
    beyond = {"page": len(content.scenarios[code].resources) + 1}
    assert client.get("/learn/MC9").status_code == 422
    assert client.get(f"/learn/{code}", params=beyond).status_code == 422
    assert client.get(f"/learn/{code}", params={"page": 0}).status_code == 422


def test_what_was_chosen_is_no_way_to_another_site(client: TestClient, content: Content):
    code = next(iter(content.scenarios))
    text = client.get(f"/learn/{code}", params={"employer": '"><script>//evil.example'}).text
    assert "<script>//evil" not in text
    assert all(one.startswith(("?", "/?")) for one in doors(text))


def test_the_candidates_page_names_every_test_there_is(client: TestClient, content: Content):
    text = client.get("/").text
    for code in banks(content):
        assert f'"code": "{code}"' in text
    assert text.count('"has_doors": true') == 4
