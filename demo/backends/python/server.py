"""A backend of <connect-account> on Python's standard library: link, get, list, delete and the callback.

It binds the browser that finishes a link to the user who began it, by a signed `state` and a note for each link.
Environment: COMPOSIO_API_KEY, CONNECT_SECRET (32 bytes or more), ORIGIN, PORT, and CALLBACK_SCRIPTS, the folder `dist` of
the npm package, whose callback-page.js the callback page loads. Notes are in memory, so run one process.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from urllib.request import Request, urlopen

SECRET, ORIGIN = os.environ["CONNECT_SECRET"].encode(), os.environ["ORIGIN"]
SCRIPTS = Path(os.environ["CALLBACK_SCRIPTS"]).resolve()
COMPOSIO = os.environ.get("COMPOSIO_BASE_URL", "https://backend.composio.dev") + "/api/v3.1"
BASE = "/api/connect"
LINK_SECONDS, EARLY_SECONDS, MAX_BODY = 600, 60, 65_536
STATUSES = {"INITIALIZING", "INITIATED", "ACTIVE", "FAILED", "EXPIRED", "INACTIVE", "REVOKED"}
FILTERS = {"authConfigIds": "auth_config_ids", "toolkitSlugs": "toolkit_slugs", "statuses": "statuses", "cursor": "cursor"}
IS_ID = re.compile(r"[\w-]{1,128}", re.ASCII).fullmatch

# The note of a link: {user, challenge, phase, expires, proven}. A phase `rejected` is never left.
notes, accounts_of_states, lock = {}, {}, threading.RLock()


class Refusal(Exception):
    def __init__(self, status, code, message, **details):
        self.status, self.body = status, {"error": {"code": code, "message": message, **details}}


def invalid(message, status=400):
    return Refusal(status, "invalid_request", message)


def not_found():
    return Refusal(404, "not_found", "There is no such connected account.")


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signature(text):
    return encode(hmac.digest(SECRET, text.encode(), "sha256"))


def sign(kind, claims, seconds):
    now = int(time.time())
    parts = [{"alg": "HS256", "typ": kind}, {**claims, "iat": now, "exp": now + seconds}]
    text = ".".join(encode(json.dumps(part).encode()) for part in parts)
    return f"{text}.{signature(text)}"


def verify(kind, token):
    """Returns the claims of a token of this kind (RFC 7519, HS256 alone), or None."""
    try:
        text, _, given = token.rpartition(".")
        header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in text.split("."))
        is_own = hmac.compare_digest(signature(text), given) and header == {"alg": "HS256", "typ": kind}
        return claims if is_own and claims["iat"] - 60 <= time.time() < claims["exp"] else None
    except (AttributeError, ValueError, KeyError, TypeError):
        return None


def identify(headers):
    """Returns the signed-in user. Here by a session token of `createSessionToken`; ask your own session instead."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    claims = verify("connect-account-session+jwt", token) if scheme.lower() == "bearer" else None
    return claims and claims["sub"]


def composio(method, path, query=None, body=None):
    headers = {"x-api-key": os.environ["COMPOSIO_API_KEY"], "content-type": "application/json"}
    data = body and json.dumps(body).encode()
    request = Request(f"{COMPOSIO}{path}?{urlencode(query or {})}", method=method, headers=headers, data=data)
    try:
        with urlopen(request, timeout=25) as response:
            return json.load(response)
    except (OSError, ValueError) as error:
        if isinstance(error, HTTPError) and error.code == 404:
            raise not_found() from None
        raise Refusal(502, "upstream_error", "Composio refused the request or could not be reached.") from None


def as_dto(wire):
    """Picks what a browser may see, key by key: `state`, `data` and `params` hold credentials."""
    config, state = wire["auth_config"], wire.get("state") or {}
    auth_config = {
        "id": config["id"], "authScheme": state.get("authScheme") or config.get("auth_scheme"),
        "isComposioManaged": config.get("is_composio_managed") is True, "isDisabled": config.get("is_disabled") is True,
    }
    return {
        "id": wire["id"], "toolkit": {"slug": wire["toolkit"]["slug"]}, "authConfig": auth_config,
        "alias": wire.get("alias"), "wordId": wire.get("word_id"), "displayName": (state.get("val") or {}).get("displayName"),
        "status": wire["status"], "statusReason": wire.get("status_reason"), "isDisabled": wire.get("is_disabled") is True,
        "createdAt": wire["created_at"], "updatedAt": wire["updated_at"],
    }


def find_accounts(user, **query):
    """Lists the user's own accounts. The filter by user is what keeps others out, so it is never left out."""
    page = composio("GET", "/connected_accounts", {"user_ids": user, **query})
    own = [wire for wire in page["items"] if wire.get("user_id", user) == user]
    return page, [account for wire in own if (account := review(as_dto(wire)))]


def review(account):
    """Returns an account as its user may see it: pending until its browser is bound, and None once it was taken away."""
    with lock:
        note = notes.get(account["id"], {"phase": "bound"})
        if note["phase"] == "early" and account["status"] == "ACTIVE":
            note["phase"] = "bound" if time.time() < note["proven"] + EARLY_SECONDS else "pending"
        if note["phase"] == "pending" and time.time() >= note["expires"] + LINK_SECONDS:
            note["phase"] = "rejected"
        phase = note["phase"]
    if phase == "rejected":
        return remove(account["id"])
    is_waiting = phase != "bound" and account["status"] in ("ACTIVE", "INACTIVE")
    return {**account, "status": "INITIATED", "displayName": None, "wasActive": False} if is_waiting else account


def get_own(user, account_id):
    found = IS_ID(account_id) and find_accounts(user, connected_account_ids=account_id)[1]
    if not found:
        raise not_found()
    return found[0]


def remove(account_id, revoke=True):
    try:
        composio("DELETE", f"/connected_accounts/{account_id}", {"revoke_on_delete": "true"} if revoke else None)
    except Refusal as refusal:
        if refusal.status != 404:
            raise


def create_link(user, body):
    config, challenge, alias = body.get("authConfigId"), body.get("bindingChallenge"), body.get("alias", "")
    page, is_one_of_many = body.get("callbackUrl") or f"{ORIGIN}{BASE}/callback", body.get("allowMultiple", False)
    if not isinstance(config, str) or not IS_ID(config):
        raise invalid("`authConfigId` is missing.")
    if not isinstance(alias, str) or not isinstance(is_one_of_many, bool) or body.get("connectionData"):
        raise invalid("`alias` must be a text, `allowMultiple` true or false, and there is no `connectionData` here.")
    if not isinstance(page, str) or re.split(r"[?#]", page)[0] != f"{ORIGIN}{BASE}/callback":
        raise invalid("`callbackUrl` must be the backend's own callback page.")
    active = [] if is_one_of_many else find_accounts(user, auth_config_ids=config, statuses="ACTIVE")[1]
    for account in active:
        if account["status"] == "ACTIVE":
            raise Refusal(409, "already_connected", "This is connected.", connectedAccountId=account["id"])
    nonce, page = secrets.token_urlsafe(16), page.split("#")[0]
    state = quote(sign("python-state+jwt", {"sub": user, "jti": nonce}, 2 * LINK_SECONDS))
    sent = {"user_id": user, "auth_config_id": config, "callback_url": f"{page}{'&' if '?' in page else '?'}state={state}"}
    try:
        link = composio("POST", "/connected_accounts/link", body={**sent, **({"alias": alias} if alias else {})})
    except Refusal as refusal:
        is_missing = refusal.status == 404
        raise Refusal(404, "auth_config_not_found", "There is no such auth config.") if is_missing else refusal from None
    account_id, url = link["connected_account_id"], link["redirect_url"]
    is_local = urlsplit(ORIGIN).hostname in ("localhost", "127.0.0.1", "::1")
    if not url.startswith(("https://", "http://") if is_local else "https://"):
        raise Refusal(502, "upstream_error", "Composio sent an address that must not be opened.")
    note = {"user": user, "challenge": challenge, "phase": "pending", "expires": time.time() + LINK_SECONDS}
    with lock:
        notes[account_id], accounts_of_states[nonce] = note, account_id
    return 201, {"id": account_id, "status": "INITIATED", "redirectUrl": url, "expiresAt": link["expires_at"]}


def bind_browser(user, body):
    """Binds the browser that came back, or takes the account away if it cannot prove that it began the link."""
    claims = verify("python-state+jwt", body.get("state"))
    account_id = claims and accounts_of_states.get(claims["jti"])
    if account_id is None:
        raise Refusal(400, "link_expired", "This link has expired or was used. Connect again.")
    challenge = encode(hashlib.sha256(str(body.get("bindingVerifier")).encode()).digest())
    with lock:
        note = notes[account_id]
        # Another user who is signed in is a mismatch, whatever the verifier says: a browser may be shared.
        is_proven = user == note["user"] if user else challenge == note["challenge"]
        if not is_proven:
            note["phase"] = "rejected"
        elif note["phase"] == "pending" and time.time() < note["expires"] + LINK_SECONDS:
            note.update(phase="early", proven=time.time())
        is_rejected = note["phase"] == "rejected"
    if is_rejected:
        remove(account_id)
        raise Refusal(403, "browser_mismatch", "This connection was started in another browser.")
    return 200, {"connectedAccountId": account_id, "status": get_own(note["user"], account_id)["status"]}


def list_accounts(user, query):
    filters = {wire: query[name] for name, wire in FILTERS.items() if query.get(name)}
    limit, order, statuses = query.get("limit", "20"), query.get("orderBy", "created_at"), query.get("statuses", "").split(",")
    if not re.fullmatch(r"[1-9]\d?|100", limit) or order not in ("created_at", "updated_at"):
        raise invalid("`limit` must be from 1 to 100, and `orderBy` created_at or updated_at.")
    if not STATUSES.issuperset(filter(None, statuses)):
        raise invalid("`statuses` has a value that does not exist.")
    page, items = find_accounts(user, limit=limit, order_by=order, **filters)
    # An account that is not bound yet has another status than Composio's filter saw.
    items = [account for account in items if statuses == [""] or account["status"] in statuses]
    return 200, {"items": items, "nextCursor": page.get("next_cursor"), "totalPages": page.get("total_pages", 1)}


PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Connection</title>
<p role="status" data-connect-account-message>Return to the app.</p>
<script type="module" src="{BASE}/scripts/callback-page.js"></script></html>"""
# No Cross-Origin-Opener-Policy: it would cut the callback page off from the page that opened it.
HEADERS = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        method, address = "GET" if self.command == "HEAD" else self.command, urlsplit(self.path)
        self.has_unread_body = self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers
        path = address.path.removeprefix(BASE).removesuffix("/") if address.path.startswith(BASE + "/") else ""
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        try:
            if (method, path) == ("GET", "/callback"):
                return self.send("text/html; charset=utf-8", 200, PAGE.encode())
            if method == "GET" and path.startswith("/scripts/"):
                return self.send("text/javascript; charset=utf-8", 200, read_script(path.removeprefix("/scripts/")))
            status, body = self.route(method, path, query)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        self.send("application/json", status, json.dumps(body).encode())

    do_GET = do_HEAD = do_POST = do_DELETE = do_PATCH = do_PUT = do_OPTIONS = answer

    def route(self, method, path, query):
        # Other sites' pages change nothing. A Bearer token would do without this check; a cookie would not.
        is_own_page = self.headers.get("Origin") == ORIGIN and self.headers.get("Sec-Fetch-Site") in (None, "same-origin")
        if method != "GET" and not is_own_page:
            raise Refusal(403, "csrf_rejected", "This request does not come from a page of this app.")
        body, user = self.read_body(), identify(self.headers)
        if (method, path) == ("POST", "/callback"):
            return bind_browser(user, body)
        if user is None:
            raise Refusal(401, "unauthorized", "Nobody is signed in.")
        if any(claim not in (None, user) for claim in (query.get("userId"), body.get("userId"))):
            raise Refusal(403, "forbidden", "`userId` is not the user who is signed in.")
        if (method, path) == ("POST", "/connected-accounts/link"):
            return create_link(user, body)
        if (method, path) == ("GET", "/connected-accounts"):
            return list_accounts(user, query)
        account_id = path.removeprefix("/connected-accounts/")
        if path in ("/callback", "/connected-accounts", "/connected-accounts/link"):
            raise invalid("This route does not offer the method.", 405)
        if account_id == path or "/" in account_id:
            raise Refusal(404, "not_found", "There is no such route.")
        if method not in ("GET", "DELETE"):
            raise invalid("This route offers GET, DELETE.", 405)
        account = get_own(user, account_id)
        if method == "DELETE":
            remove(account["id"], query.get("revoke") != "false")
        return 200, account if method == "GET" else {"success": True}

    def read_body(self):
        text = self.headers.get("Content-Length") or "0"
        length = int(text) if text.isdecimal() and "Transfer-Encoding" not in self.headers else MAX_BODY + 1
        if length > MAX_BODY:
            raise invalid("The body has no length, or is larger than 64 KB.", 413)
        if length == 0:
            return {}
        data, self.has_unread_body = self.rfile.read(length), False
        if self.headers.get_content_type() != "application/json":
            raise Refusal(403, "csrf_rejected", "A body must be sent as Content-Type: application/json.")
        try:
            body = json.loads(data)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise invalid("The body must be a JSON object.")
        return body

    def send(self, content_type, status, body):
        # A body that nobody read would be taken for the next request of the connection.
        self.close_connection = self.close_connection or self.has_unread_body
        self.send_response(status)
        own = {"Content-Type": content_type, "Content-Length": len(body), **HEADERS}
        for name, value in {**own, **({"Connection": "close"} if self.close_connection else {})}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)

    def log_message(self, *_):
        """Logs nothing: the URL of the callback holds `state`."""


def read_script(name):
    file = (SCRIPTS / name).resolve()
    if file.suffix != ".js" or not file.is_relative_to(SCRIPTS) or not file.is_file():
        raise Refusal(404, "not_found", "There is no such file.")
    return file.read_bytes()


if __name__ == "__main__":
    ThreadingHTTPServer(("localhost", int(os.environ["PORT"])), Handler).serve_forever()
