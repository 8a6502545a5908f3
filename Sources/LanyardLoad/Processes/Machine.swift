import Foundation

/// The machine that a load test runs on.
enum Machine {
  /// Processors, memory and system of this machine.
  static var description: String {
    let info = ProcessInfo.processInfo
    // Where the system does not say what it runs on, the report says how many of them there are.
    let model = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
      .split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
    let memory = Double(info.physicalMemory) / 1_073_741_824
    return
      "\(info.activeProcessorCount) × \(model ?? "processors"), \(memory.rounded(toPlaces: 1)) GiB, "
      + info.operatingSystemVersionString
  }

  /// How many processors were busy at once, of how many.
  struct Load: Sendable, Hashable {
    let busy: Double
    let processors: Int
  }

  /// What all programs together have used since the machine was started.
  struct Usage: Sendable, Hashable {
    /// Ticks in which a processor did something, and in which it waited for something to do.
    let busy: Int
    let idle: Int
    let processors: Int

    /// What the system says now; nil where it does not.
    static var now: Usage? {
      // Where it cannot be read, nobody knows.
      (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)).flatMap(Usage.init)
    }

    /// As proc_stat(5) has it: user, nice, system, idle, iowait, irq, softirq, steal; time for guests is in that for users.
    init?(_ stat: String) {
      let lines = stat.split(separator: "\n").map { $0.split(separator: " ") }.filter { $0[0].hasPrefix("cpu") }
      guard let all = lines.first(where: { $0[0] == "cpu" }) else { return nil }
      let ticks = all.dropFirst().prefix(8).compactMap { Int($0) }
      guard ticks.count == 8, lines.count > 1 else { return nil }
      idle = ticks[3] + ticks[4]
      busy = ticks.reduce(0, +) - idle
      processors = lines.count - 1
    }

    /// What was used since an earlier look; nil where no tick has passed.
    func since(_ earlier: Usage) -> Load? {
      // The time of waiting for a disk may run back.
      let (worked, waited) = (max(0, busy - earlier.busy), max(0, idle - earlier.idle))
      guard worked + waited > 0 else { return nil }
      return Load(busy: Double(worked) / Double(worked + waited) * Double(processors), processors: processors)
    }
  }
}
