"""A backend of <connect-account> on Python's standard library: link, get, list, delete and the callback.

It binds the browser that finishes a link to the user who began it, by a `state` in the callback URL and a note of the link.
Environment: COMPOSIO_API_KEY, CONNECT_SECRET (32 bytes or more), ORIGIN, PORT, NOTES, a file that keeps the notes, and
CALLBACK_SCRIPT, the file `dist/callback.js` of the npm package.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import sqlite3
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs, parse_qsl, urlencode
from urllib.request import Request, urlopen

SECRET, ORIGIN, BASE = os.environ["CONNECT_SECRET"].encode(), os.environ["ORIGIN"], "/api/connect"
OWN_PAGE = f"{ORIGIN}{BASE}/callback"
COMPOSIO = os.environ.get("COMPOSIO_BASE_URL", "https://backend.composio.dev") + "/api/v3.1"
# A link lives for 10 minutes, and its browser may return for 10 minutes more.
BINDING_SECONDS, EARLY_SECONDS, MAX_BODY = 1200, 60, 65_536
STATUSES = {"INITIALIZING", "INITIATED", "ACTIVE", "FAILED", "EXPIRED", "INACTIVE", "REVOKED"}
DEAD = {"FAILED", "EXPIRED", "REVOKED"}
FILTERS = {"authConfigIds": "auth_config_ids", "toolkitSlugs": "toolkit_slugs", "statuses": "statuses", "cursor": "cursor"}

store = sqlite3.connect(os.environ["NOTES"], check_same_thread=False, isolation_level=None)
# A phase is `pending`, `bound` or `rejected`. No statement below leaves `rejected`, so nothing that comes later does.
store.execute("""CREATE TABLE IF NOT EXISTS notes (account TEXT PRIMARY KEY, state TEXT UNIQUE, user TEXT, challenge TEXT,
    deadline REAL, proven_until REAL DEFAULT 0, phase TEXT DEFAULT 'pending')""")


class Refusal(Exception):
    def __init__(self, status, code, message, **details):
        self.status, self.body = status, {"error": {"code": code, "message": message, **details}}


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def identify(headers):
    """Returns the signed-in user. Here by a session token of `createSessionToken`; ask your own session instead."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    text, _, signature = token.rpartition(".")
    expected = encode(hmac.digest(SECRET, text.encode(), "sha256"))
    if scheme.lower() != "bearer" or not hmac.compare_digest(expected.encode(), signature.encode()):
        return None
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in text.split("."))
    # A token that is limited to auth configs or to an origin is refused, because nothing here looks at its limits.
    is_session = header["typ"] == "connect-account-session+jwt" and claims.keys() == {"sub", "iat", "exp"}
    return claims["sub"] if is_session and claims["iat"] - 60 <= time.time() < claims["exp"] else None


def composio(method, path, query=None, body=None):
    headers = {"x-api-key": os.environ["COMPOSIO_API_KEY"], "content-type": "application/json"}
    data = body and json.dumps(body).encode()
    request = Request(f"{COMPOSIO}{path}?{urlencode(query or {})}", method=method, headers=headers, data=data)
    try:
        with urlopen(request, timeout=25) as response:
            return json.load(response)
    except (OSError, ValueError) as error:
        if isinstance(error, HTTPError) and error.code == 404:
            code = "auth_config_not_found" if path.endswith("/link") else "not_found"
            raise Refusal(404, code, "There is no such account or auth config.") from None
        raise Refusal(502, "upstream_error", "Composio refused the request or could not be reached.") from None


def find_accounts(user, **query):
    """Lists the user's own accounts. The filter by user is what keeps others out, so it is never left out."""
    page = composio("GET", "/connected_accounts", {**query, "user_ids": user})
    own = [wire for wire in page["items"] if wire.get("user_id", user) == user]
    return page, [account for wire in own if (account := review(as_dto(wire)))]


def get_own(user, account_id):
    is_id = re.fullmatch(r"[\w-]{1,128}", account_id, re.ASCII)
    for account in find_accounts(user, connected_account_ids=account_id)[1] if is_id else []:
        return account
    raise Refusal(404, "not_found", "There is no such account or auth config.")


def as_dto(wire):
    """Picks what a browser may see, key by key: `state`, `data` and `params` hold credentials."""
    config, state = wire["auth_config"], wire.get("state") or {}
    scheme, name = state.get("authScheme") or config.get("auth_scheme"), (state.get("val") or {}).get("displayName")
    return {
        "id": wire["id"], "toolkit": {"slug": wire["toolkit"]["slug"]}, "alias": wire.get("alias"), "displayName": name,
        "authConfig": {"id": config["id"], "authScheme": scheme}, "status": wire["status"],
        "statusReason": wire.get("status_reason"), "createdAt": wire["created_at"], "updatedAt": wire["updated_at"],
    }


def review(account):
    """Returns an account as its user may see it: pending until its browser is bound, and None once it was taken away."""
    settle, now = "UPDATE notes SET phase = ? WHERE account = ? AND phase = 'pending'", time.time()
    if account["status"] in DEAD:  # A proof of a flow that is over binds nothing that comes later.
        store.execute("UPDATE notes SET proven_until = 0 WHERE account = ?", [account["id"]])
    if account["status"] == "ACTIVE":
        store.execute(f"{settle} AND proven_until > ?", ("bound", account["id"], now))
    store.execute(f"{settle} AND deadline <= ?", ("rejected", account["id"], now))
    # An account without a note was not connected here.
    [phase] = store.execute("SELECT phase FROM notes WHERE account = ?", [account["id"]]).fetchone() or ["bound"]
    if phase == "rejected":
        with suppress(Refusal):  # The note hides it, and the next read tries again.
            composio("DELETE", f"/connected_accounts/{account['id']}")
        return None
    is_waiting = phase == "pending" and account["status"] in ("ACTIVE", "INACTIVE")
    return {**account, "status": "INITIATED", "displayName": None, "wasActive": False} if is_waiting else account


def create_link(user, body):
    config, challenge, alias = body.get("authConfigId"), body.get("bindingChallenge", ""), body.get("alias", "")
    page, is_one_of_many = body.get("callbackUrl", OWN_PAGE), body.get("allowMultiple", False)
    if not all(isinstance(text, str) for text in (config, challenge, alias, page)) or not isinstance(is_one_of_many, bool):
        raise Refusal(400, "invalid_request", "`authConfigId` is missing, or a field has another type.")
    page, _, search = page.partition("#")[0].partition("?")
    if page != OWN_PAGE or "connectionData" in body:
        raise Refusal(400, "invalid_request", "`callbackUrl` is another page, or there is `connectionData`.")
    for account in [] if is_one_of_many else find_accounts(user, auth_config_ids=config, statuses="ACTIVE")[1]:
        if account["status"] == "ACTIVE":
            raise Refusal(409, "already_connected", "This is connected.", connectedAccountId=account["id"])
    # Nobody can guess the state, and its note says all that a signed one would. It replaces one that the page sent.
    state = secrets.token_urlsafe(32)
    callback = f"{page}?{urlencode({**dict(parse_qsl(search)), 'state': state})}"
    sent = {"user_id": user, "auth_config_id": config, "callback_url": callback, **({"alias": alias} if alias else {})}
    link = composio("POST", "/connected_accounts/link", body=sent)
    account_id, url = link["connected_account_id"], link["redirect_url"]
    values = account_id, state, user, challenge, time.time() + BINDING_SECONDS
    store.execute("INSERT INTO notes (account, state, user, challenge, deadline) VALUES (?, ?, ?, ?, ?)", values)
    # Plain http only where the page itself is on this machine.
    if not url.startswith(("https://", "http://") if ORIGIN.startswith("http://localhost:") else "https://"):
        raise Refusal(502, "upstream_error", "Composio sent an address that must not be opened.")
    return 201, {"id": account_id, "status": "INITIATED", "redirectUrl": url, "expiresAt": link["expires_at"]}


def bind_browser(user, body):
    """Binds the browser that came back, or takes the account away if it cannot prove that it began the link."""
    state, verifier, now = str(body.get("state")), str(body.get("bindingVerifier")), time.time()
    living = "SELECT account, user, challenge FROM notes WHERE state = ? AND deadline > ?"
    account_id, owner, challenge = store.execute(living, (state, now)).fetchone() or [None] * 3
    if account_id is None:
        raise Refusal(400, "link_expired", "This link has expired or is unknown. Connect again.")
    # Another user who is signed in is a mismatch, whatever the verifier says: a browser may be shared.
    if user != owner and (user or encode(hashlib.sha256(verifier.encode()).digest()) != challenge):
        store.execute("UPDATE notes SET phase = 'rejected' WHERE account = ?", [account_id])
        with suppress(Refusal):
            composio("DELETE", f"/connected_accounts/{account_id}", {"revoke_on_delete": "true"})
        raise Refusal(403, "browser_mismatch", "This connection was started in another browser.")
    # A proof may come before Composio says ACTIVE. It holds for a minute.
    store.execute("UPDATE notes SET proven_until = ? WHERE account = ?", (now + EARLY_SECONDS, account_id))
    return 200, {"connectedAccountId": account_id, "status": get_own(owner, account_id)["status"]}


def list_accounts(user, query):
    filters = {wire: query[name] for name, wire in FILTERS.items() if name in query}
    limit, order = query.get("limit", "20"), query.get("orderBy", "created_at")
    statuses = set(query["statuses"].split(",")) if "statuses" in query else STATUSES
    if not re.fullmatch("[1-9][0-9]?|100", limit) or not STATUSES >= statuses or order not in ("created_at", "updated_at"):
        raise Refusal(400, "invalid_request", "`limit` is not from 1 to 100, or a status or `orderBy` is unknown.")
    page, items = find_accounts(user, limit=limit, order_by=order, **filters)
    # An account that is not bound yet has another status than Composio's filter saw.
    items = [account for account in items if account["status"] in statuses]
    return 200, {"items": items, "nextCursor": page.get("next_cursor"), "totalPages": page.get("total_pages", 1)}


SCRIPT = open(os.environ["CALLBACK_SCRIPT"], "rb").read()
PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Connection</title>
<p role="status" data-connect-account-message>Return to the app.</p>
<script src="{BASE}/callback.js"></script></html>""".encode()
# No Cross-Origin-Opener-Policy: it would cut the callback page off from the page that opened it.
HEADERS = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
}


class Handler(BaseHTTPRequestHandler):
    """One request for each connection, so that a body that nobody read is not taken for the next request."""

    timeout = 30

    def answer(self):
        target, _, search = self.path.partition("?")
        path = target.removeprefix(BASE).removesuffix("/") if target.startswith(f"{BASE}/") else ""
        query = {name: values[-1] for name, values in parse_qs(search).items()}
        try:
            status, body = self.route("GET" if self.command == "HEAD" else self.command, path.split("/")[1:], query)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        except (KeyError, TypeError, AttributeError):  # What Composio sent has another shape.
            status, body = 502, {"error": {"code": "upstream_error", "message": "Composio sent something else."}}
        content_type, data = body if isinstance(body, tuple) else ("application/json", json.dumps(body).encode())
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": content_type, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else data)

    do_GET = do_HEAD = do_POST = do_DELETE = do_PATCH = do_PUT = do_OPTIONS = answer

    def route(self, method, path, query):
        if (method, path) == ("GET", ["callback"]):
            return 200, ("text/html; charset=utf-8", PAGE)
        if (method, path) == ("GET", ["callback.js"]):
            return 200, ("text/javascript; charset=utf-8", SCRIPT)
        # Other sites' pages change nothing. A Bearer token would do without this check; a cookie would not.
        is_own_page = self.headers.get("Origin") == ORIGIN and self.headers.get("Sec-Fetch-Site") in (None, "same-origin")
        if method != "GET" and not is_own_page:
            raise Refusal(403, "csrf_rejected", "This request does not come from a page of this app.")
        body, user = self.read_body(), identify(self.headers)
        if (method, path) == ("POST", ["callback"]):
            return bind_browser(user, body)
        if user is None:
            raise Refusal(401, "unauthorized", "Nobody is signed in.")
        if any(claim not in (None, user) for claim in (query.get("userId"), body.get("userId"))):
            raise Refusal(403, "forbidden", "`userId` is not the user who is signed in.")
        match method, path:
            case "POST", ["connected-accounts", "link"]:
                return create_link(user, body)
            case "GET", ["connected-accounts"]:
                return list_accounts(user, query)
            case "GET", ["connected-accounts", account_id]:
                return 200, get_own(user, account_id)
            case "DELETE", ["connected-accounts", account_id]:
                is_revoked = {} if query.get("revoke") == "false" else {"revoke_on_delete": "true"}
                composio("DELETE", f"/connected_accounts/{get_own(user, account_id)['id']}", is_revoked)
                return 200, {"success": True}
            case _, ["callback"] | ["connected-accounts"] | ["connected-accounts", _]:
                raise Refusal(405, "invalid_request", "This route does not offer the method.")
        raise Refusal(404, "not_found", "There is no such route.")

    def read_body(self):
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not re.fullmatch("[0-9]{1,5}", length) or int(length) > MAX_BODY:
            raise Refusal(413, "invalid_request", "The body has no length, or is larger than 64 KB.")
        if length != "0" and self.headers.get_content_type() != "application/json":
            raise Refusal(403, "csrf_rejected", "A body must be sent as Content-Type: application/json.")
        try:
            body = json.loads(self.rfile.read(int(length)) or "{}")
            json.dumps(body, ensure_ascii=False).encode()  # Half of a surrogate pair is no text.
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            raise Refusal(400, "invalid_request", "The body must be a JSON object.")
        return body

    def log_message(self, *_):
        """Logs nothing: the URL of the callback holds `state`."""


ThreadingHTTPServer(("localhost", int(os.environ["PORT"])), Handler).serve_forever()
