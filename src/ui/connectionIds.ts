/** The ids of the connection's part in package.json, in one place. */
export const connectionCommands = {
  connect: 'res.connect',
  disconnect: 'res.disconnect',
  reconnect: 'res.reconnect',
  add: 'res.addConnection',
  edit: 'res.editConnection',
  remove: 'res.removeConnection',
  test: 'res.testConnection',
} as const;

/** The webview view. */
export const connectionView = 'res.connection';

/** The setting that holds the list of connections, apart from its section. */
export const connectionsSetting = { section: 'res', name: 'connections' } as const;

/** The context key that tells the kind of the connection's state. */
export const connectionContextKey = 'res.connectionState';
