import LanyardDomain
import LanyardStore

extension AdmissionWriter {
  /// A scan that waits to be written.
  struct Waiting {
    let scan: SubmittedScan
    /// What its code is, where it is not on record and that was found out.
    var reading: CodeReading?
    let reply: Reply
  }

  /// What is written next: scans, then a slice of an upload.
  struct Work {
    let scans: [Waiting]
    let upload: PendingUpload?
  }

  /// Scans that wait, in the batches in which they will be written: taking one out moves none of the others.
  struct WaitingScans {
    /// Only the last is not full.
    private var batches: [[Waiting]] = []
    private(set) var count = 0
    var isEmpty: Bool { count == 0 }

    mutating func append(_ scan: Waiting) {
      count += 1
      if let last = batches.indices.last, batches[last].count < AdmissionWriter.batchLimit {
        batches[last].append(scan)
      } else {
        batches.append([scan])
      }
    }

    mutating func takeBatch() -> [Waiting] {
      guard !batches.isEmpty else { return [] }
      let batch = batches.removeFirst()
      count -= batch.count
      return batch
    }
  }

  /// All that waits.
  struct Queue {
    var scans = WaitingScans()
    /// The first gives the next slice.
    var uploads: [PendingUpload] = []
    /// Scans whose codes are not on record.
    var unread: [Waiting] = []
    /// Whether somebody reads their codes.
    var isReading = false
    /// Batches that are being written.
    var underWay = 0

    /// Whether nothing waits and nothing comes back any more.
    var isDone: Bool { scans.isEmpty && uploads.isEmpty && !isReading && underWay == 0 }

    mutating func next() -> Work? {
      guard !scans.isEmpty || !uploads.isEmpty else { return nil }
      if !scans.isEmpty { underWay += 1 }
      return Work(scans: scans.takeBatch(), upload: uploads.isEmpty ? nil : uploads.removeFirst())
    }
  }

  typealias Writer = CheckedContinuation<Work?, Never>

  /// What waits, and who waits for it.
  enum State {
    /// Scans are taken in; the continuation is the writer's, where it waits for one.
    case open(Queue, writer: Writer?)
    /// What waits is still written, and nothing new is taken in.
    case closing(Queue, writer: Writer?)

    /// Gives a writer that waits what there is, or tells it that there will be nothing any more.
    mutating func wake() {
      switch consume self {
      case .open(var queue, let writer?):
        let work = queue.next()
        self = .open(queue, writer: work == nil ? writer : nil)
        if let work { writer.resume(returning: work) }
      case .closing(var queue, let writer?):
        let (isDone, work) = (queue.isDone, queue.next())
        self = .closing(queue, writer: isDone || work != nil ? nil : writer)
        if isDone || work != nil { writer.resume(returning: work) }
      case let other: self = other
      }
    }

    /// Changes what waits, and wakes the writer.
    mutating func change<Value>(_ body: (inout Queue) -> Value) -> Value {
      let value: Value
      switch consume self {
      case .open(var queue, let writer):
        value = body(&queue)
        self = .open(queue, writer: writer)
      case .closing(var queue, let writer):
        value = body(&queue)
        self = .closing(queue, writer: writer)
      }
      wake()
      return value
    }
  }
}
