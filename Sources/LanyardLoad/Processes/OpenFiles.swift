/// How many files a load test, or its server, has open at once at the most.
package enum OpenFiles {
  /// What each process has besides lanes and watchers.
  private static let besides = 256
  /// Both ends of a lane's connection may be in one process.
  private static let eachLane = 2
  /// A lane with a journal has that too, and the two sockets of the line that can be broken.
  private static let eachRealLane = 8

  /// - Parameters:
  ///   - lanes: All that are connected at once.
  ///   - areReal: Whether they have journals, and lines that can be broken.
  ///   - watchers: Whoever else has a connection.
  package static func needed(lanes: Int, areReal: Bool = false, watchers: Int = 0) -> Int {
    besides + lanes * (areReal ? eachRealLane : eachLane) + watchers
  }
}
