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
USER node
EXPOSE 7007
ENTRYPOINT ["node", "src/main.ts"]
CMD ["start"]
