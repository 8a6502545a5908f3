import Glibc

/// What a process of this machine has used since its start, as Linux counts it.
package struct ProcessUsage: Sendable, Hashable {
  /// Time on a processor, in the program and for it in the system; in steps of a clock tick, 10 ms.
  package var processor = Duration.zero
  /// Bytes of memory that it holds now.
  package var memory = 0
  /// The most that it has held.
  package var memoryPeak = 0
  /// Bytes that it caused to be written to a disk; none are for what lies in memory (tmpfs).
  package var written = 0

  package init() {}

  /// What a process has used; nil where there is none of this number, or it is another user's.
  package init?(of process: Int32) { self.init(folder: "/proc/\(process)") }

  /// What this process itself has used.
  package static var own: ProcessUsage { ProcessUsage(folder: "/proc/self") ?? ProcessUsage() }

  private init?(folder: String) {
    guard let stat = Self.read("\(folder)/stat"), let status = Self.read("\(folder)/status") else { return nil }
    // The name is in parentheses, and may hold anything; after it, utime and stime are the 12th and the 13th field
    // (proc_pid_stat(5)).
    guard let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: name)...].split(separator: " ")
    guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else { return nil }
    processor = .seconds(user + system) / sysconf(Int32(_SC_CLK_TCK))
    memory = Self.number("VmRSS:", in: status) * 1024
    memoryPeak = Self.number("VmHWM:", in: status) * 1024
    written = Self.read("\(folder)/io").map { Self.number("write_bytes:", in: $0) } ?? 0
  }

  /// Adds what an earlier process for the same purpose had used; memory is not added up.
  package func adding(_ earlier: ProcessUsage) -> ProcessUsage {
    var sum = self
    sum.processor += earlier.processor
    sum.memoryPeak = max(memoryPeak, earlier.memoryPeak)
    sum.written += earlier.written
    return sum
  }

  /// What was used since an earlier look; memory is as it is now.
  func since(_ earlier: ProcessUsage) -> ProcessUsage {
    var usage = self
    usage.processor = max(.zero, processor - earlier.processor)
    usage.written = max(0, written - earlier.written)
    return usage
  }

  private static func number(_ key: String, in text: String) -> Int {
    let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
  }

  private static func read(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
