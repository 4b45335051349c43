/**
 * Keeps the methods of strings fast in this process. ioredis 6 declares a subclass of `String`; from then on V8 no
 * longer compiles `charCodeAt` and its like into a loop but calls them one by one, and everything that reads text
 * runs at a third of its speed (Node 24; seen with `npm run bench segmentation`). Looking the methods up through an
 * object that inherits from them, some hundred times, makes V8 treat them as settled again, whichever comes first.
 */
const text: { charCodeAt: unknown } = Object.create(String.prototype)
for (let round = 0; round < 1000; round++) void text.charCodeAt
