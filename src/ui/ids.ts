/** The ids that package.json and the code share. */
export const commands = {
  resetResources: 'res.resetResources',
  resetAccess: 'res.resetAccess',
  rescanWorkspace: 'res.rescanWorkspace',
  showLog: 'res.showLog',
  sendAgain: 'res.history.sendAgain',
  removeFromHistory: 'res.history.remove',
  clearHistory: 'res.history.clear',
  resetKnown: 'res.resources.reset',
} as const;

/** Commands that are called with an argument by the extension itself, and are in no menu. */
export const internalCommands = {
  resetFromLens: 'res.internal.resetFromLens',
  openPlace: 'res.internal.openPlace',
} as const;

export const views = {
  connection: 'res.connection',
  resources: 'res.resources',
  history: 'res.history',
} as const;

/** Settings, without their `res.`. */
export const settings = {
  serviceLenses: 'codeLens.services',
  handlerLenses: 'codeLens.handlers',
  maxFileSize: 'scan.maxFileSize',
  historyLimit: 'history.limit',
  verify: 'verify.enabled',
  requestTimeout: 'verify.requestTimeout',
} as const;
