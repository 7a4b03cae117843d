// META: script=/WebCryptoAPI/sign_verify/ecdsa_vectors.js
// META: script=verify.js
