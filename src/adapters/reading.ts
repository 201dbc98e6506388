import type { Socket } from 'node:net';

/** Stops reading. `pause` is not enough: node:http resumes a socket after each message. */
export function hold(socket: Socket): void {
  socket.off('resume', pause);
  socket.on('resume', pause);
  socket.pause();
}

/** Reads again. */
export function readOn(socket: Socket): void {
  release(socket);
  socket.resume();
}

/** Lets others resume the socket. */
export function release(socket: Socket): void {
  socket.off('resume', pause);
}

function pause(this: Socket): void {
  this.pause();
}
