import pytest


@pytest.fixture
def send(client):
    def post(body, key="key-1", path="/api/v1/complaints", **more):
        headers = {"Idempotency-Key": key} if key is not None else {}
        return client.post(path, json=body, headers=headers, **more)

    return post
