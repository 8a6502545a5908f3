import LanyardStore
import Synchronization

/// The answers of one lane's stream, between the writer that decides and the task that sends: they leave in the order of
/// the scans, whatever order they come in, and only so many scans are under way at once.
final class LaneMailbox: Sendable {
  /// What came of a scan; the sender makes the message of it, so that the writer does not have to wait for that.
  struct Answer: Sendable {
    /// The id as the lane sent it.
    let scanID: String
    let outcome: Result<ScanOutcome, any Error>
  }

  /// The most scans of one stream that are under way; a lane that sends more waits.
  static let window = 512

  /// Thrown where nobody sends answers any more, because the lane has gone.
  struct Abandoned: Error {}

  private struct State {
    /// Answers in the order of their scans, nil where one is still to come; those at the front are sent next.
    var slots: [Answer?] = []
    /// Number of the scan whose answer is the first slot.
    var first = 0
    var isEnded = false
    var isAbandoned = false
    var sender: CheckedContinuation<[Answer]?, Never>?
    var reader: CheckedContinuation<Void, Never>?

    /// The number of a new scan; nil where the window is full.
    mutating func takeSlot() throws(Abandoned) -> Int? {
      guard !isAbandoned else { throw Abandoned() }
      guard slots.count < LaneMailbox.window else { return nil }
      slots.append(nil)
      return first + slots.count - 1
    }

    /// Takes the answers that can be sent now; nil where there are none.
    mutating func takeReady() -> [Answer]? {
      let ready = slots.prefix { $0 != nil }.compactMap(\.self)
      guard !ready.isEmpty else { return nil }
      slots.removeFirst(ready.count)
      first += ready.count
      return ready
    }

    mutating func takeReadyAndWake() -> [Answer]? {
      defer { wake() }
      return takeReady()
    }

    /// Wakes whoever can go on.
    mutating func wake() {
      if let sender, let ready = takeReady() {
        self.sender = nil
        sender.resume(returning: ready)
      } else if let sender, isEnded, slots.isEmpty {
        self.sender = nil
        sender.resume(returning: nil)
      }
      if let reader, isAbandoned || slots.count < LaneMailbox.window {
        self.reader = nil
        reader.resume()
      }
    }
  }

  private let state = Mutex(State())

  /// Makes place for one more scan, waiting while the window is full; returns the scan's number. Only one task calls it.
  func open() async throws(Abandoned) -> Int {
    while true {
      let slot = state.withLock { state in Result { () throws(Abandoned) in try state.takeSlot() } }
      if let number = try slot.get() { return number }
      await withCheckedContinuation { continuation in
        state.withLock { state in
          state.reader = continuation
          state.wake()
        }
      }
    }
  }

  /// Puts in the answer of a scan.
  func put(_ answer: Answer, for scan: Int) {
    state.withLock { state in
      guard !state.isAbandoned else { return }
      state.slots[scan - state.first] = answer
      state.wake()
    }
  }

  /// Says that no further scan will come.
  func end() {
    state.withLock { state in
      state.isEnded = true
      state.wake()
    }
  }

  /// Says that answers cannot be sent any more: what was handed in is still recorded, and nobody waits for place.
  func abandon() {
    state.withLock { state in
      state.isAbandoned = true
      state.slots = []
      state.wake()
    }
  }

  /// The next answers, at least one; nil when the last was taken and no further scan will come. Only one task calls it.
  func next() async -> [Answer]? {
    if let ready = state.withLock({ $0.takeReadyAndWake() }) { return ready }
    return await withCheckedContinuation { continuation in
      state.withLock { state in
        state.sender = continuation
        state.wake()
      }
    }
  }
}
