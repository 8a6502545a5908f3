import GRPCCore
import GRPCProtobuf
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import Synchronization

/// Keeps callers from listing people by name: so many look-ups a minute that nobody was let in or out for. A passage of
/// somebody who was found gives the look-ups that found them back. What the organiser's log says of it are callers and
/// counts, never names.
final class SearchBudget: Sendable {
  /// A look-up that was counted.
  struct Ticket {
    fileprivate let caller: String
    fileprivate let number: Int
  }

  private static let window = Duration.seconds(60)

  /// One look-up, which counts until its minute is over.
  private struct LookUp {
    let number: Int
    let began: ContinuousClock.Instant
    var found: Set<BadgeSerial> = []
  }

  private struct Account {
    /// The oldest first.
    var lookUps: [LookUp] = []
    /// When the log last said that it is used up.
    var told: ContinuousClock.Instant?

    /// What has been for a minute counts no more.
    mutating func forget(before limit: ContinuousClock.Instant) {
      lookUps.removeAll { $0.began <= limit }
      if let told, told <= limit { self.told = nil }
    }
  }

  private struct State {
    var nextNumber = 0
    /// By the caller's id. Who has been idle for a minute is taken out, so there are no more than are at work.
    var accounts: [String: Account] = [:]
    var cleared: ContinuousClock.Instant?
  }

  /// What came of beginning a look-up.
  private enum Answer {
    case counted(Ticket)
    case refused(until: ContinuousClock.Instant, isNews: Bool)
  }

  private let limit: Int
  private let logger: Logger
  private let state = Mutex(State())

  /// - Parameter limit: Look-ups a minute of one caller.
  init(limit: Int, logger: Logger) {
    self.limit = limit
    self.logger = logger
  }

  /// Counts a look-up from when it begins, so that many at once are no way round.
  ///
  /// - Throws: `RPCError` RESOURCE_EXHAUSTED that says when the next one is allowed.
  func begin(_ caller: String, at now: ContinuousClock.Instant = .now) throws(RPCError) -> Ticket {
    switch state.withLock({ count(caller, at: now, &$0) }) {
    case .counted(let ticket): return ticket
    case .refused(let opens, let isNews):
      if isNews {
        logger.notice(
          "a caller looks up more people than it lets in or out; further look-ups are refused",
          metadata: ["caller": "\(caller)", "look_ups_per_minute": "\(limit)"]
        )
      }
      throw Self.refused(for: now.duration(to: opens))
    }
  }

  /// Notes whom a look-up found.
  func note(_ found: [BadgeSerial], of ticket: Ticket) {
    state.withLock { state in
      guard let index = state.accounts[ticket.caller]?.lookUps.firstIndex(where: { $0.number == ticket.number }) else {
        return
      }
      state.accounts[ticket.caller]?.lookUps[index].found.formUnion(found)
    }
  }

  /// Gives the look-ups back that found somebody whom the caller has now let in or out.
  func settle(_ outcome: ScanOutcome, for caller: String) {
    guard case .recorded(let scan) = outcome, let badge = scan.attendee?.badge else { return }
    if case .refused = scan.answer { return }
    state.withLock { state in
      guard state.accounts[caller]?.lookUps.isEmpty == false else { return }
      state.accounts[caller]?.lookUps.removeAll { $0.found.contains(badge) }
    }
  }

  private func count(_ caller: String, at now: ContinuousClock.Instant, _ state: inout State) -> Answer {
    let past = now - Self.window
    if state.cleared ?? past <= past {
      for known in state.accounts.keys { state.accounts[known]?.forget(before: past) }
      state.accounts = state.accounts.filter { !$0.value.lookUps.isEmpty || $0.value.told != nil }
      state.cleared = now
    }
    var account = state.accounts[caller] ?? Account()
    defer { state.accounts[caller] = account }
    account.forget(before: past)
    if account.lookUps.count >= limit, let oldest = account.lookUps.first {
      let isNews = account.told == nil
      if isNews { account.told = now }
      return .refused(until: oldest.began + Self.window, isNews: isNews)
    }
    state.nextNumber += 1
    account.lookUps.append(LookUp(number: state.nextNumber, began: now))
    return .counted(Ticket(caller: caller, number: state.nextNumber))
  }

  private static func refused(for wait: Duration) -> RPCError {
    let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
    return .make(
      .tooManySearches,
      Sentence(.errorTooManySearches, ["seconds": .count(seconds)]),
      retryAfter: .seconds(seconds),
      metadata: ["retry_seconds": "\(seconds)"]
    )
  }
}
