import Foundation

extension ProcessInfo {
  /// A variable of the environment; one that is empty counts as not set.
  static func variable(_ name: String) -> String? {
    processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}
