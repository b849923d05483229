// A web client of the library: it shows what the gateway tells it, and asks for nothing twice.
import ResClient from 'resclient';

const state = document.querySelector('#state');
const list = document.querySelector('#books');
const again = document.querySelector('#again');

const { gateway } = await (await fetch('gateway.json')).json();
const client = new ResClient(gateway);
client.on('disconnect', () => (state.textContent = 'The connection to the gateway is lost.'));
client.on('connect', () => (state.textContent = 'Live.'));

/** Shows a book, and flashes it when an event has changed it. */
const showBook = (book) => {
  const item = document.createElement('li');
  const title = Object.assign(document.createElement('strong'), { textContent: book.title });
  const author = Object.assign(document.createElement('span'), {
    textContent: book.author,
    className: 'author',
  });
  item.dataset.rid = book.getResourceId();
  item.append(title, author);
  book.on('change', () => {
    title.textContent = book.title;
    author.textContent = book.author;
    item.classList.remove('changed');
    requestAnimationFrame(() => item.classList.add('changed'));
  });
  return item;
};

const subscribe = async () => {
  again.hidden = true;
  try {
    const books = await client.get('library.books');
    const show = () => list.replaceChildren(...[...books].map(showBook));
    state.textContent = 'Live.';
    show();
    books.on('add remove', show);
    books.on('unsubscribe', () => end('The gateway has withdrawn access.'));
  } catch (error) {
    end(`The gateway refuses: ${error.message}.`);
  }
};

const end = (text) => {
  state.textContent = text;
  list.replaceChildren();
  again.hidden = false;
};

again.addEventListener('click', subscribe);
await subscribe();
