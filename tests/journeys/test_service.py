from fastapi.testclient import TestClient


def test_health_and_engines_are_told(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["engines"]["fr"]["engine"] == "scripted"


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    for foreign in ('src="http', 'href="http', "@import"):
        assert foreign not in page.text


def test_every_phrase_of_every_help_language_has_its_sound(client: TestClient) -> None:
    for language in ("fr", "es", "en"):
        phrases = client.get(f"/phrases/{language}").json()["phrases"]
        silent = [key for key, spoken in phrases.items() if spoken["audio"] is None]
        assert silent == []
        some = next(iter(phrases.values()))["audio"]
        sound = client.get(some)
        assert sound.headers["content-type"] == "audio/mpeg"


def test_an_unknown_page_is_told_in_words_to_be_spoken(client: TestClient) -> None:
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert answer.json()["phrase"] == "trouble.not-found"
