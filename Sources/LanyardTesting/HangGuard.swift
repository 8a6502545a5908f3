import Foundation
package import Testing

/// The one bound of what a test waits for: it ends a test that hangs, and says nothing of how fast anything is.
package enum HangGuard {
  package static let minutes = 10
  package static let time = Duration.seconds(minutes * 60)

  /// Thrown where what a test waits for has not come.
  package struct Hung: Error {}

  /// Waits for something that another process does, on this thread.
  ///
  /// - Throws: `Hung` where it does not come, and what the condition throws.
  package static func wait(until holds: () throws -> Bool) throws {
    let end = ContinuousClock.now + time
    while !(try holds()) {
      guard ContinuousClock.now < end else { throw Hung() }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }
}

extension Trait where Self == TimeLimitTrait {
  /// A test that hangs ends.
  package static var hangGuard: Self { .timeLimit(.minutes(HangGuard.minutes)) }
}
