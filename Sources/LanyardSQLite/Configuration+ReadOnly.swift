import GRDB

extension Configuration {
  /// Reads a file that others may be writing to, and changes nothing in it.
  ///
  /// - Parameter patience: Seconds for which a file that is locked is waited for.
  static func readOnly(_ label: String, patience: Double = 10) -> Configuration {
    var configuration = Configuration()
    configuration.label = label
    configuration.readonly = true
    configuration.busyMode = .timeout(patience)
    return configuration
  }
}
