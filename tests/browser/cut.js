// Lets a test cut the connections of a page, and let them be made again.
{
  const made = [];
  let isCut = false;
  window.WebSocket = class extends WebSocket {
    constructor(url, protocols) {
      super(isCut ? "ws://localhost:9/" : url, protocols);
      made.push(this);
    }
  };
  window.cut = (now) => {
    isCut = now;
    if (now) made.forEach((socket) => socket.close());
  };
}
