/** The ids that package.json and the code share. */
export const commands = {
  resetResources: 'res.resetResources',
  resetAccess: 'res.resetAccess',
  rescanWorkspace: 'res.rescanWorkspace',
  showLog: 'res.showLog',
  repeatLastReset: 'res.repeatLastReset',
  sendAgain: 'res.history.sendAgain',
  editAndSend: 'res.history.editAndSend',
  pinInHistory: 'res.history.pin',
  unpinInHistory: 'res.history.unpin',
  labelInHistory: 'res.history.label',
  showReport: 'res.showReport',
  copyResetAs: 'res.copyResetAs',
  copyMessage: 'res.history.copyMessage',
  copyNatsPub: 'res.history.copyNatsPub',
  copyGoRes: 'res.history.copyGoRes',
  copyCSharp: 'res.history.copyCSharp',
  copyJavaScript: 'res.history.copyJavaScript',
  removeFromHistory: 'res.history.remove',
  clearHistory: 'res.history.clear',
  undoRemoval: 'res.history.undoRemoval',
  filterHistory: 'res.history.filter',
  showAllHistory: 'res.history.showAll',
  exportHistory: 'res.history.export',
  importHistory: 'res.history.import',
  resetKnown: 'res.resources.reset',
  nameService: 'res.resources.nameService',
  showHandler: 'res.showHandler',
  resetService: 'res.resetService',
  resetTokens: 'res.resetTokens',
  takePart: 'res.picker.takePart',
  selectSeveral: 'res.picker.selectSeveral',
  startLiveNames: 'res.liveNames.start',
  stopLiveNames: 'res.liveNames.stop',
  startMonitor: 'res.monitor.start',
  stopMonitor: 'res.monitor.stop',
  connect: 'res.connect',
  disconnect: 'res.disconnect',
  reconnect: 'res.reconnect',
  addConnection: 'res.addConnection',
  editConnection: 'res.editConnection',
  duplicateConnection: 'res.duplicateConnection',
  moveConnectionUp: 'res.moveConnectionUp',
  moveConnectionDown: 'res.moveConnectionDown',
  removeConnection: 'res.removeConnection',
  testConnection: 'res.testConnection',
  importNatsContext: 'res.importNatsContext',
  protectConnection: 'res.protectConnection',
  unprotectConnection: 'res.unprotectConnection',
  pauseAutomaticResets: 'res.pauseAutomaticResets',
  resumeAutomaticResets: 'res.resumeAutomaticResets',
  addSaveRule: 'res.addSaveRule',
} as const;

/** Commands that are called with an argument by the extension itself, and are in no menu. */
export const internalCommands = {
  /** Followed by a space and the message as JSON. */
  resetFromLens: 'res.internal.resetFromLens',
  /** Followed by a space and what is named as JSON. */
  nameFromLens: 'res.internal.nameFromLens',
  openPlace: 'res.internal.openPlace',
  /** With the id of a history entry, or without for the row that is selected; leaves the focus where it is. */
  openReport: 'res.internal.openReport',
} as const;

export const views = {
  connection: 'res.connection',
  resources: 'res.resources',
  history: 'res.history',
} as const;

/** The walkthrough of the first steps. */
export const walkthrough = 'getStarted';

/** Settings, without their `res.`. */
export const settings = {
  connections: 'connections',
  protectedContexts: 'protectedContexts',
  serviceLenses: 'codeLens.services',
  handlerLenses: 'codeLens.handlers',
  maxFileSize: 'scan.maxFileSize',
  useIgnoreFiles: 'scan.useIgnoreFiles',
  serviceNames: 'serviceNames',
  historyLimit: 'history.limit',
  verify: 'verify.enabled',
  requestTimeout: 'verify.requestTimeout',
  monitor: 'monitor.enabled',
  askAbove: 'reset.askAbove',
  liveConnections: 'liveNames.connections',
  resetOnSave: 'resetOnSave',
  resetOnRestart: 'resetOnRestart',
  resetOnReconnect: 'resetOnReconnect',
} as const;

/** Keys for `when` clauses. */
export const contextKeys = {
  connectionState: 'res.connectionState',
  hasHistory: 'res.hasHistory',
  hasConnections: 'res.hasConnections',
  hasCode: 'res.hasCode',
  hasScanned: 'res.hasScanned',
  hasReset: 'res.hasReset',
  hasResetFromPalette: 'res.hasResetFromPalette',
  hasSeenReport: 'res.hasSeenReport',
  historyIsFiltered: 'res.history.isFiltered',
  historyCanUndo: 'res.history.canUndo',
  monitors: 'res.monitors',
  liveNames: 'res.liveNames',
  pickerIsOpen: 'res.pickerIsOpen',
  automaticResets: 'res.automaticResets',
} as const;
