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
}
