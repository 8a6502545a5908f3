import LanyardAPI
import Synchronization

/// The answers of one lane's stream, between the writer that decides and the task that sends: they leave in the order of
/// the scans, whatever order they come in, and only so many scans are under way at once.
final class LaneMailbox: Sendable {
  typealias Answer = Lanyard_V1_StreamCheckInsResponse.Result

  /// The most scans of one stream that are under way; a lane that sends more waits.
  static let window = 512

  private struct State {
    /// Answers in the order of their scans, nil where one is still to come; those at the front are sent next.
    var slots: [Answer?] = []
    /// Number of the scan whose answer is the first slot.
    var first = 0
    var isEnded = false
    var sender: CheckedContinuation<[Answer]?, Never>?
    var reader: CheckedContinuation<Void, Never>?

    /// Takes the answers that can be sent now; nil where there are none.
    mutating func takeReady() -> [Answer]? {
      let ready = slots.prefix { $0 != nil }.compactMap(\.self)
      guard !ready.isEmpty else { return nil }
      slots.removeFirst(ready.count)
      first += ready.count
      return ready
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
      if let reader, slots.count < LaneMailbox.window {
        self.reader = nil
        reader.resume()
      }
    }
  }

  private let state = Mutex(State())

  /// Makes place for one more scan, waiting while the window is full; returns the scan's number.
  func open() async -> Int {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        state.reader = continuation
        state.wake()
      }
    }
    return state.withLock { state in
      state.slots.append(nil)
      return state.first + state.slots.count - 1
    }
  }

  /// Puts in the answer of a scan.
  func put(_ answer: Answer, for scan: Int) {
    state.withLock { state in
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

  /// The next answers, at least one; nil when the last was taken and no further scan will come.
  func next() async -> [Answer]? {
    await withCheckedContinuation { continuation in
      state.withLock { state in
        state.sender = continuation
        state.wake()
      }
    }
  }
}
