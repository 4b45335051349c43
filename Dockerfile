FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

# The embedded PostgreSQL is left out: a container is given its database by DATABASE_URL.
FROM node:24-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends apertium apertium-eng-spa apertium-es-pt apertium-fr-es \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY bin ./bin
COPY src ./src
COPY workers ./workers
COPY glossary ./glossary
# What is written is written here: keys, and backups. Everything else may be read-only.
RUN mkdir /data && chown node:node /data && chmod 700 /data
ENV TALMACH_HOME=/data
VOLUME /data
USER node
EXPOSE 7007
# For a desk; a worker has no such port (docker-compose.yml asks it for its metrics).
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 7007}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/main.ts"]
CMD ["start"]
