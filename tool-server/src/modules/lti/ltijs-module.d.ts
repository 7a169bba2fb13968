declare module 'ltijs'
