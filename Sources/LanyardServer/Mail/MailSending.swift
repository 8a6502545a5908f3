import LanyardDomain
import Synchronization

/// Whether mails are sent, for those who ask; and the bell that is rung when there is something to send.
final class MailSending: Sendable {
  enum State: Sendable {
    case on
    case noServer
    case rehearsal
    case failing(MailFault)

    /// How it goes, without why.
    var way: MailWay {
      switch self {
      case .on: .on
      case .noServer: .noServer
      case .rehearsal: .rehearsal
      case .failing: .failing
      }
    }
  }

  private let current: Mutex<State>
  /// An element where something may be to be sent, however often it was rung.
  let rings: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation

  init(_ state: State) {
    current = Mutex(state)
    (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  var state: State {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  private let isRung = Atomic(true)

  func ring() {
    isRung.store(true, ordering: .relaxed)
    bell.yield()
  }

  /// Has whoever sends look at the clock.
  func tick() { bell.yield() }

  /// Whether it was rung since the last time that this was asked.
  func takeRing() -> Bool { isRung.exchange(false, ordering: .relaxed) }
}
