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
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from urllib.request import Request, urlopen

SECRET = os.environ["CONNECT_SECRET"].encode()
ORIGIN = os.environ["ORIGIN"]
SCRIPTS = Path(os.environ["CALLBACK_SCRIPTS"]).resolve()
COMPOSIO = os.environ.get("COMPOSIO_BASE_URL", "https://backend.composio.dev") + "/api/v3.1"
BASE = "/api/connect"
CALLBACK = f"{ORIGIN}{BASE}/callback"
LINK_SECONDS = 600
EARLY_SECONDS = 60
MAX_BODY = 65_536
CODES = {400: "invalid_request", 401: "unauthorized", 404: "not_found", 405: "invalid_request", 502: "upstream_error"}

# The note of a link: {user, config, challenge, phase, expires, proven}. A phase `rejected` is never left.
notes, accounts_of_states, lock = {}, {}, threading.RLock()


class Refusal(Exception):
    def __init__(self, status, message, code=None, **details):
        self.status = status
        self.body = {"error": {"code": code or CODES[status], "message": message, **details}}


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def sign(kind, claims, seconds):
    now = int(time.time())
    parts = [{"alg": "HS256", "typ": kind}, {**claims, "iat": now, "exp": now + seconds}]
    text = ".".join(encode(json.dumps(part).encode()) for part in parts)
    return f"{text}.{encode(hmac.digest(SECRET, text.encode(), 'sha256'))}"


def verify(kind, token):
    """Returns the claims of a token of this kind (RFC 7519, HS256 alone), or None."""
    try:
        head, body, signature = token.split(".")
        expected = encode(hmac.digest(SECRET, f"{head}.{body}".encode(), "sha256"))
        if not hmac.compare_digest(expected, signature):
            return None
        header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body))
        is_valid = header == {"alg": "HS256", "typ": kind} and claims["iat"] - 60 <= time.time() < claims["exp"]
        return claims if is_valid else None
    except (ValueError, KeyError, TypeError):
        return None


def identify(headers):
    """Returns the signed-in user. Here by a session token of `createSessionToken`; ask your own session instead."""
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    claims = verify("connect-account-session+jwt", token) if scheme.lower() == "bearer" else None
    return claims and claims["sub"]


def composio(method, path, query=None, body=None):
    url = f"{COMPOSIO}{path}?{urlencode(query or {})}"
    headers = {"x-api-key": os.environ["COMPOSIO_API_KEY"], "content-type": "application/json"}
    request = Request(url, method=method, headers=headers, data=body and json.dumps(body).encode())
    try:
        with urlopen(request, timeout=25) as response:
            return json.load(response)
    except HTTPError as error:
        if error.code == 404:
            raise Refusal(404, "There is no such connected account.") from None
        raise Refusal(502, "Composio refused the request.") from None
    except (URLError, ValueError, OSError):
        raise Refusal(502, "Composio could not be reached.") from None


def as_dto(wire):
    """Picks what a browser may see, key by key: `state`, `data` and `params` hold credentials."""
    config, state = wire["auth_config"], wire.get("state") or {}
    return {
        "id": wire["id"],
        "toolkit": {"slug": wire["toolkit"]["slug"]},
        "authConfig": {
            "id": config["id"],
            "authScheme": state.get("authScheme") or config.get("auth_scheme"),
            "isComposioManaged": config.get("is_composio_managed") is True,
            "isDisabled": config.get("is_disabled") is True,
        },
        "alias": wire.get("alias"),
        "wordId": wire.get("word_id"),
        "displayName": (state.get("val") or {}).get("displayName"),
        "status": wire["status"],
        "statusReason": wire.get("status_reason"),
        "isDisabled": wire.get("is_disabled") is True,
        "createdAt": wire["created_at"],
        "updatedAt": wire["updated_at"],
    }


def find_accounts(user, **query):
    """Lists the user's own accounts. The filter by user is what keeps others out, so it is never left out."""
    page = composio("GET", "/connected_accounts", {"user_ids": user, **query})
    own = [wire for wire in page["items"] if wire.get("user_id", user) == user]
    return page, [account for wire in own if (account := review(as_dto(wire)))]


def review(account):
    """Returns an account as its user may see it: pending until its browser is bound, and None once it was taken away."""
    with lock:
        note = notes.get(account["id"])
        if note is None:
            return account
        is_active = account["status"] == "ACTIVE"
        if note["phase"] == "early" and is_active:
            note["phase"] = "bound" if time.time() < note["proven"] + EARLY_SECONDS else "pending"
        if note["phase"] == "pending" and time.time() >= note["expires"] + LINK_SECONDS:
            note["phase"] = "rejected"
        phase = note["phase"]
    if phase == "rejected":
        remove(account["id"])
        return None
    is_waiting = phase != "bound" and account["status"] in ("ACTIVE", "INACTIVE")
    return {**account, "status": "INITIATED", "displayName": None, "wasActive": False} if is_waiting else account


def get_own(user, account_id):
    if not re.fullmatch(r"[\w-]{1,128}", account_id):
        raise Refusal(404, "There is no such connected account.")
    _, found = find_accounts(user, connected_account_ids=account_id)
    if not found:
        raise Refusal(404, "There is no such connected account.")
    return found[0]


def remove(account_id, revoke=True):
    try:
        composio("DELETE", f"/connected_accounts/{account_id}", {"revoke_on_delete": "true"} if revoke else None)
    except Refusal as refusal:
        if refusal.status != 404:
            raise


def create_link(user, body):
    config, challenge = body.get("authConfigId"), body.get("bindingChallenge")
    page = body.get("callbackUrl") or CALLBACK
    if not isinstance(config, str) or not re.fullmatch(r"[\w-]{1,128}", config):
        raise Refusal(400, "`authConfigId` is missing.")
    if not isinstance(page, str) or re.split(r"[?#]", page)[0] != CALLBACK:
        raise Refusal(400, "`callbackUrl` must be the backend's own callback page.")
    if body.get("allowMultiple") is not True:
        _, active = find_accounts(user, auth_config_ids=config, statuses="ACTIVE")
        if any(account["status"] == "ACTIVE" for account in active):
            details = {"connectedAccountId": active[0]["id"]}
            raise Refusal(409, "This user has already connected this.", "already_connected", **details)
    nonce = secrets.token_urlsafe(16)
    state = sign("python-state+jwt", {"sub": user, "jti": nonce}, 2 * LINK_SECONDS)
    page = page.split("#")[0]
    callback = f"{page}{'&' if '?' in page else '?'}state={quote(state)}"
    sent = {"user_id": user, "auth_config_id": config, "callback_url": callback}
    if isinstance(body.get("alias"), str) and body["alias"]:
        sent["alias"] = body["alias"]
    link = composio("POST", "/connected_accounts/link", body=sent)
    account_id, url = link["connected_account_id"], link["redirect_url"]
    is_local = urlsplit(ORIGIN).hostname in ("localhost", "127.0.0.1", "::1")
    if not re.match(r"https://" if not is_local else r"https?://", url):
        raise Refusal(502, "Composio sent an address that must not be opened.")
    with lock:
        notes[account_id] = {"user": user, "challenge": challenge, "phase": "pending", "expires": time.time() + LINK_SECONDS}
        accounts_of_states[nonce] = account_id
    return 201, {"id": account_id, "status": "INITIATED", "redirectUrl": url, "expiresAt": link["expires_at"]}


def bind_browser(user, body):
    """Binds the browser that came back, or takes the account away if it cannot prove that it began the link."""
    claims = verify("python-state+jwt", body.get("state")) if isinstance(body.get("state"), str) else None
    account_id = claims and accounts_of_states.get(claims["jti"])
    if account_id is None:
        raise Refusal(400, "This link has expired or was used. Connect again.", "link_expired")
    verifier = body.get("bindingVerifier")
    with lock:
        note = notes[account_id]
        challenge = encode(hashlib.sha256(str(verifier).encode()).digest())
        # Another user who is signed in is a mismatch, whatever the verifier says: a browser may be shared.
        is_proven = user == note["user"] if user else bool(note["challenge"]) and challenge == note["challenge"]
        if is_proven and note["phase"] == "pending" and time.time() < note["expires"] + LINK_SECONDS:
            note.update(phase="early", proven=time.time())
        elif not is_proven:
            note["phase"] = "rejected"
        is_rejected = note["phase"] == "rejected"
    if is_rejected:
        remove(account_id)
        raise Refusal(403, "This connection was started in another browser.", "browser_mismatch")
    return 200, {"connectedAccountId": account_id, "status": get_own(note["user"], account_id)["status"]}


def list_accounts(user, query):
    names = {"authConfigIds": "auth_config_ids", "toolkitSlugs": "toolkit_slugs", "statuses": "statuses", "cursor": "cursor"}
    filters = {wire: query[name] for name, wire in names.items() if query.get(name)}
    limit = query.get("limit", "20")
    if not re.fullmatch(r"[1-9]\d?|100", limit):
        raise Refusal(400, "`limit` must be from 1 to 100.")
    page, items = find_accounts(user, limit=limit, order_by=query.get("orderBy", "created_at"), **filters)
    statuses = query.get("statuses", "").split(",")
    # An account that is not bound yet has another status than Composio's filter saw.
    items = [account for account in items if statuses == [""] or account["status"] in statuses]
    return 200, {"items": items, "nextCursor": page.get("next_cursor"), "totalPages": page.get("total_pages", 1)}


PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Connection</title>
<p role="status" data-connect-account-message>Return to the app.</p>
<script type="module" src="{BASE}/scripts/callback-page.js"></script></html>"""
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        address = urlsplit(self.path)
        path = address.path.removeprefix(BASE).removesuffix("/")
        query = {name: values[-1] for name, values in parse_qs(address.query).items()}
        try:
            if not address.path.startswith(BASE + "/"):
                raise Refusal(404, "There is no such route.")
            if self.command == "GET" and path == "/callback":
                return self.send("text/html; charset=utf-8", 200, PAGE.encode())
            if self.command == "GET" and path.startswith("/scripts/"):
                return self.send_script(path.removeprefix("/scripts/"))
            status, body = self.route(path, query)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        self.send("application/json", status, json.dumps(body).encode())

    do_GET = do_POST = do_DELETE = do_PATCH = answer

    def route(self, path, query):
        if self.command != "GET":
            self.require_own_page()
        body, user = self.read_body(), identify(self.headers)
        if (self.command, path) == ("POST", "/callback"):
            return bind_browser(user, body)
        if user is None:
            raise Refusal(401, "Nobody is signed in.")
        if any(claim not in (None, user) for claim in (query.get("userId"), body.get("userId"))):
            raise Refusal(403, "`userId` is not the user who is signed in.", "forbidden")
        if (self.command, path) == ("POST", "/connected-accounts/link"):
            return create_link(user, body)
        if (self.command, path) == ("GET", "/connected-accounts"):
            return list_accounts(user, query)
        _, _, account_id = path.rpartition("/")
        if path != f"/connected-accounts/{account_id}":
            raise Refusal(404, "There is no such route.")
        if self.command == "GET":
            return 200, get_own(user, account_id)
        if self.command == "DELETE":
            remove(get_own(user, account_id)["id"], query.get("revoke") != "false")
            return 200, {"success": True}
        raise Refusal(405, "This route offers GET, DELETE.")

    def require_own_page(self):
        """Refuses requests of other sites' pages. The Bearer of the session token would do without; a cookie would not."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        if origin != ORIGIN or site not in (None, "same-origin"):
            raise Refusal(403, "This request does not come from a page of this app.", "csrf_rejected")

    def read_body(self):
        text = self.headers.get("Content-Length") or "0"
        length = int(text) if text.isdecimal() and "Transfer-Encoding" not in self.headers else MAX_BODY + 1
        if length > MAX_BODY:
            self.close_connection = True
            raise Refusal(413, "The body has no length, or is larger than 64 KB.", "invalid_request")
        if length == 0:
            return {}
        data = self.rfile.read(length)
        if self.headers.get_content_type() != "application/json":
            raise Refusal(403, "A body must be sent as Content-Type: application/json.", "csrf_rejected")
        try:
            body = json.loads(data)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise Refusal(400, "The body must be a JSON object.")
        return body

    def send_script(self, name):
        file = (SCRIPTS / name).resolve()
        if file.suffix != ".js" or not file.is_relative_to(SCRIPTS) or not file.is_file():
            raise Refusal(404, "There is no such file.")
        self.send("text/javascript; charset=utf-8", 200, file.read_bytes())

    def send(self, content_type, status, body):
        self.send_response(status)
        # No Cross-Origin-Opener-Policy: it would cut the callback page off from the page that opened it.
        for name, value in {"Content-Type": content_type, "Content-Length": len(body), "Cache-Control": "no-store",
                            "X-Content-Type-Options": "nosniff", "Content-Security-Policy": POLICY}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Logs nothing: the URL of the callback holds `state`."""


if __name__ == "__main__":
    ThreadingHTTPServer(("localhost", int(os.environ["PORT"])), Handler).serve_forever()
