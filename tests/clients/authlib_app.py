"""An application that uses Authlib. It says where the browser shall go, one line of JSON each, and reads where it ended."""

import json
import sys

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.jose import JsonWebToken
from authlib.oidc.core import CodeIDToken
import requests

settings = json.loads(sys.argv[1])
metadata = requests.get(settings["issuer"] + "/.well-known/openid-configuration").json()


def say(**what):
    print(json.dumps(what), flush=True)


def browse(url):
    say(visit=url)
    return json.loads(sys.stdin.readline())


def verified(token, nonce):
    """The claims of the ID token, checked as OpenID Connect Core §3.1.3.7 says."""
    keys = requests.get(metadata["jwks_uri"]).json()
    options = {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": settings["clientId"]},
        "nonce": {"value": nonce},
    }
    claims = JsonWebToken([settings["algorithm"]]).decode(
        token["id_token"], key=keys, claims_cls=CodeIDToken, claims_options=options, claims_params={"nonce": nonce, "client_id": settings["clientId"]}
    )
    claims.validate(leeway=60)
    return claims


session = OAuth2Session(
    settings["clientId"],
    settings["clientSecret"],
    scope="openid profile email offline_access",
    redirect_uri=settings["redirectUri"],
    code_challenge_method="S256",
    token_endpoint_auth_method=settings["method"],
)
nonce, verifier = generate_token(), generate_token(48)
url, state = session.create_authorization_url(metadata["authorization_endpoint"], nonce=nonce, code_verifier=verifier, prompt="consent")
token = session.fetch_token(metadata["token_endpoint"], authorization_response=browse(url), state=state, code_verifier=verifier)
claims = verified(token, nonce)
say(claims=claims, userinfo=session.get(metadata["userinfo_endpoint"]).json())

id_token = token["id_token"]
refreshed = session.refresh_token(metadata["token_endpoint"])
assert refreshed["access_token"] != token["access_token"]
say(refreshed=session.get(metadata["userinfo_endpoint"]).json())

end = OAuth2Session(settings["clientId"]).prepare_request(
    requests.Request("GET", metadata["end_session_endpoint"], params={"id_token_hint": id_token, "post_logout_redirect_uri": settings["postLogoutRedirectUri"]})
)
say(back=browse(end.url))

introspected = session.introspect_token(metadata["introspection_endpoint"], token=session.token["refresh_token"]).json()
session.revoke_token(metadata["revocation_endpoint"], token=session.token["refresh_token"])
try:
    session.refresh_token(metadata["token_endpoint"])
    say(introspected=introspected, error=None)
except OAuthError as error:
    say(introspected=introspected, error=error.error)
