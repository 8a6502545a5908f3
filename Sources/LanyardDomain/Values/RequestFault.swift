/// What is wrong with a field of a request that only callers of the services send. See `Fault`.
package enum RequestFault: Hashable, Sendable {
  /// was not made for this list; send next_page_token with the other fields unchanged, or leave it empty
  case otherListsToken
  /// is negative; say 0 for {usual}, or up to {limit}
  case negativePageSize(usual: Int, limit: Int)
  /// is no order of this list; leave it empty, or say {known}
  case otherOrder(known: [String])
  /// is empty; name what is to change: {known}
  case emptyMask(known: [String])
  /// names {path}; what can be changed: {known}
  case otherPath(path: String, known: [String])
  /// has the host {host}, for which the server's certificate is none: it is for {names}
  case addressNotCovered(host: String, names: [String])
  /// differs from that of the first message; use one stream an event
  case otherEventOnStream
  /// differs from that of the first message; use one stream a lane
  case otherLaneOnStream
  /// is missing; the first message names the event
  case eventNotNamed
  /// is missing; the first message names the checkpoint
  case checkpointNotNamed
  /// stands beside a code; give one
  case besideCode
  /// goes with DIRECTION_OUT
  case missedExitNotOut
  /// is nothing for a kiosk, which does not scan; leave it empty
  case nothingForKiosk
  /// is missing, and nothing is undone
  case nothingUndone
  /// is missing; name a registration or a checkpoint
  case nobodySentOut
  /// stands beside a cursor; give one of them
  case besideCursor
  /// goes with `print_run`
  case needsPrintRun
  /// stands beside `print_run`, which says which badges
  case besidePrintRun
  /// is negative
  case negativeNumber
  /// is past the last badge of the run, which has {count}
  case pastPrintRun(count: Int)
  /// is not what the run was printed by: {design}
  case otherPrintRunDesign(PrintDesign)
  /// is not the file that the run was printed by
  case otherPrintRunFile
  /// is missing: the run was printed by a design of your own
  case printRunByFile
  /// is not the run's, which is {sheet}
  case otherPrintRunSheet(BadgeSheet)
  /// goes with `replace`
  case needsReplace
  /// stands beside design_file; give one of them
  case besideDesignFile
  /// is smaller than a badge of this design; say SHEET_SINGLE
  case sheetTooSmall
  /// was used before
  case usedBefore
  /// stands for another scan
  case otherScansID
  /// is not a UUID; the device makes one for each scan
  case noScanID
  /// is not a UUID; make a random one for each request
  case noRequestID
}
