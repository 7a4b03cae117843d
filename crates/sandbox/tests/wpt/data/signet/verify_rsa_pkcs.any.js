// META: script=/WebCryptoAPI/sign_verify/rsa_pkcs_vectors.js
// META: script=verify.js
