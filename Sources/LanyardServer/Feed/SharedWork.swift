import Synchronization

/// Values that are made once for all who ask for them meanwhile. Who stops waiting takes nothing from the others.
final class SharedWork<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private typealias Outcome = Result<Value, any Error>

  private enum Entry {
    case underway(waiting: [AsyncStream<Outcome>.Continuation])
    case made(Value)
  }

  /// Whether a value that was made is kept until it is forgotten; else it is made anew for who asks afterwards.
  private let keepsValues: Bool
  private let entries = Mutex<[Key: Entry]>([:])
  private let jobs: AsyncStream<@Sendable () async -> Void>
  private let begin: AsyncStream<@Sendable () async -> Void>.Continuation

  init(keepsValues: Bool) {
    self.keepsValues = keepsValues
    (jobs, begin) = AsyncStream.makeStream()
  }

  /// Makes what is asked for, until it is cancelled. There are no more jobs than callers that wait.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await job in jobs { group.addTask(operation: job) }
      group.cancelAll()
    }
  }

  /// The value of a key: the one that is kept or under way, else a new one.
  ///
  /// - Throws: What making it threw, or `CancellationError`.
  func value(for key: Key, make: @escaping @Sendable () async throws -> Value) async throws -> Value {
    let (outcomes, continuation) = AsyncStream.makeStream(of: Outcome.self)
    entries.withLock { entries in
      switch entries[key] {
      case .made(let value): continuation.yield(.success(value))
      case .underway(let waiting): entries[key] = .underway(waiting: waiting + [continuation])
      case nil:
        entries[key] = .underway(waiting: [continuation])
        begin.yield {
          do {
            self.settle(key, .success(try await make()))
          } catch {
            self.settle(key, .failure(error))
          }
        }
      }
    }
    for await outcome in outcomes { return try outcome.get() }
    throw CancellationError()
  }

  /// Forgets values that were made.
  func forget(where isForgotten: (Key) -> Bool) {
    entries.withLock { entries in
      entries = entries.filter { key, entry in
        guard case .made = entry else { return true }
        return !isForgotten(key)
      }
    }
  }

  private func settle(_ key: Key, _ outcome: Outcome) {
    let waiting = entries.withLock { entries -> [AsyncStream<Outcome>.Continuation] in
      guard case .underway(let waiting) = entries.removeValue(forKey: key) else { return [] }
      if keepsValues, case .success(let value) = outcome { entries[key] = .made(value) }
      return waiting
    }
    for continuation in waiting { continuation.yield(outcome) }
  }
}
