import Crypto
import Foundation
import GRPCCore
import GRPCProtobuf
import LanyardDomain
import LanyardMessages
import LanyardTexts
import Synchronization

/// Keeps strangers from doing too much: so many requests a minute from one address and from one network, and so many mails an hour
/// to one address, whether anybody is registered with it or not.
package final class PublicLimits: Sendable {
  /// A network may do as much as so many addresses of it.
  private static let networkFactor = 4
  /// Mails that one e-mail address may be sent because strangers asked for them: so many at once, and an hour.
  private static let mailsAtOnce = 5
  private static let mailsAnHour = 5.0
  /// The most accounts of a kind that are kept; those that are as good as new go first.
  private static let accountLimit = 50_000

  private struct State {
    var addresses: [String: TokenBucket] = [:]
    var networks: [String: TokenBucket] = [:]
    /// By a digest: what strangers type is not kept.
    var mails: [[UInt8]: TokenBucket] = [:]
  }

  private let perMinute: Int
  private let clock: ServerClock
  private let state = Mutex(State())

  /// - Parameter perMinute: Requests a minute of one address.
  package init(perMinute: Int, clock: ServerClock) {
    (self.perMinute, self.clock) = (perMinute, clock)
  }

  /// Counts a request of a visitor.
  ///
  /// - Throws: `RPCError` RESOURCE_EXHAUSTED where there were too many already; it says when the next is taken.
  func count(_ visitor: VisitorAddress) throws(RPCError) {
    let (now, one) = (clock.now, perMinute)
    let wait = state.withLock { state -> Duration? in
      let many = one * Self.networkFactor
      let ofNetwork = Self.take(visitor.network, &state.networks, size: many, perMinute: Double(many), now)
      if let ofNetwork { return ofNetwork }
      return Self.take(visitor.address, &state.addresses, size: one, perMinute: Double(one), now)
    }
    if let wait { throw Self.refusal(.errorTooManyRequestsHere, wait) }
  }

  /// Counts a mail to an e-mail address for an event.
  ///
  /// - Throws: `RPCError` RESOURCE_EXHAUSTED where there were too many already; it says when the next is taken.
  func countMail(to email: String, of event: String) throws(RPCError) {
    let account = [UInt8](SHA256.hash(data: Data("\(event)\n\(EmailAddress.key(email))".utf8)))
    let now = clock.now
    let wait = state.withLock { state in
      Self.take(account, &state.mails, size: Self.mailsAtOnce, perMinute: Self.mailsAnHour / 60, now)
    }
    if let wait { throw Self.refusal(.errorTooManyForAddress, wait) }
  }

  /// - Returns: Nil where there was one to take; else how long until there is.
  private static func take<Account: Hashable>(
    _ account: Account,
    _ accounts: inout [Account: TokenBucket],
    size: Int,
    perMinute: Double,
    _ now: Instant
  ) -> Duration? {
    if accounts.count >= accountLimit, accounts[account] == nil {
      accounts = accounts.filter { entry in
        var bucket = entry.value
        return !bucket.isFull(at: now)
      }
      // Whoever has so many accounts at work waits like all others.
      if accounts.count >= accountLimit { return .seconds(60) }
    }
    return accounts[account, default: TokenBucket(size: size, perMinute: perMinute, at: now)].take(at: now)
  }

  private static func refusal(_ key: Sentence.Key, _ wait: Duration) -> RPCError {
    let seconds = max(1, wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0))
    return .make(
      .tooManyRequests,
      Sentence(key),
      retryAfter: .seconds(seconds),
      metadata: ["retry_seconds": "\(seconds)"]
    )
  }
}
