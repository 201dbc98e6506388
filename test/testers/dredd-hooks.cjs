// Dredd loads this file, and gives it the module.
const hooks = require('hooks');

/** Each transaction starts from the same rows: the second 409 would be another one. */
hooks.beforeEach((transaction, done) => {
  const { protocol, host, port, request, expected } = transaction;
  request.headers.Prefer = `code=${expected.statusCode}`;
  fetch(`${protocol}//${host}:${port}/__mock__/reset`, { method: 'POST' }).then(
    ({ ok, status }) => {
      if (!ok) transaction.fail = `The mock was not reset: ${status}.`;
      done();
    },
    (cause) => {
      transaction.fail = `The mock was not reset: ${cause}.`;
      done();
    },
  );
});
