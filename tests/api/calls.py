"""The API as a client sees it: a token, a method, an address, and the answer as data."""

from __future__ import annotations

import json

from pilothouse.people.models import Token


class Api:
    def __init__(self, client, actor, scope="write"):
        self.client = client
        self.row, self.secret = Token.issue(user=actor.user, workspace=actor.workspace, name="t", scope=scope)

    def __call__(self, method, path, data=None, **headers):
        body = data if isinstance(data, str | bytes) else json.dumps(data) if data is not None else ""
        answer = self.client.generic(
            method, f"/api/v1{path}", body, content_type="application/json", headers=self.headers(headers)
        )
        return self.read(answer)

    def upload(self, path, **form):
        return self.read(self.client.post(f"/api/v1{path}", form, headers=self.headers({})))

    def headers(self, more):
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.secret}", **named}

    @staticmethod
    def read(answer):
        json_there = not answer.streaming and answer.content and "json" in answer.headers.get("Content-Type", "")
        answer.data = json.loads(answer.content) if json_there else None
        return answer
