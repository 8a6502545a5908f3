import BadgeCodes
import LanyardStore
import Logging
import ServiceLifecycle

/// All that follows the feeds, each for many calls at once.
struct FeedFollowers: Sendable {
  let roster: RosterFeed
  let attendance: AttendanceFeed
  let changes: ChangeFeed
  let callers: CallerFeed
  private let keys: KeyWatch
  private let watch: FeedWatch

  init(store: any Store, signer: BadgeSigner, clock: ServerClock, logger: Logger) {
    watch = FeedWatch(store: store)
    keys = KeyWatch(signer: signer, store: store, watch: watch, logger: logger)
    let sealer = RosterSealer(keys: { try await signer.reload().keys }, isRehearsal: clock.isRehearsal, logger: logger)
    roster = RosterFeed(store: store, watch: watch, sealer: sealer)
    attendance = AttendanceFeed(store: store, watch: watch, clock: clock)
    changes = ChangeFeed(store: store, watch: watch)
    callers = CallerFeed(store: store, watch: watch)
  }

  /// In the order of dependence.
  var services: [any Service] { [watch, keys, roster, attendance, changes, callers] }
}
