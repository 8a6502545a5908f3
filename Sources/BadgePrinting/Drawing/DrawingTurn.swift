import Foundation

/// Lets one thread after another set and draw text. Cairo keeps the glyphs of a font for all threads, and takes some away while
/// another thread's file still needs them (1.16: letters that are missing in a PDF file, or a bad pointer).
enum DrawingTurn {
  /// May be taken again by whoever has it.
  private static let lock = NSRecursiveLock()

  static func take<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }
}
