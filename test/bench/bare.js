// A bare node:http server that writes what it is given in ANSWER: { status, headers, body }.
import { createServer } from 'node:http';

const { status, headers, body } = JSON.parse(process.env.ANSWER ?? '{}');

const server = createServer((_, response) => {
  response.writeHead(status, headers);
  response.end(body);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`Listening on http://127.0.0.1:${server.address().port}`);
});
