/** A store for the backend on Redis, by the client that the app has already. */

export { type RedisClientLike, redisStore } from './server/store/redis-store.js';
