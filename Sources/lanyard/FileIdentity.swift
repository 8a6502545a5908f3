import Foundation

/// Which file a name leads to, by whatever links.
struct FileIdentity: Hashable {
  private let device: String
  private let number: String

  /// Nil where there is none.
  init?(path: String) {
    let file = URL(filePath: path).resolvingSymlinksInPath().path
    // What cannot be looked at is no file that anybody reads.
    guard let facts = try? FileManager.default.attributesOfItem(atPath: file), let device = facts[.systemNumber],
      let number = facts[.systemFileNumber]
    else { return nil }
    (self.device, self.number) = ("\(device)", "\(number)")
  }

  /// Nil where nothing is open, or no file is.
  init?(descriptor: Int32) { self.init(path: "/proc/self/fd/\(descriptor)") }
}
