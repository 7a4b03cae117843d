// META: script=/WebCryptoAPI/sign_verify/rsa_pss_vectors.js
// META: script=verify.js
