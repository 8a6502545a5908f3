import LanyardDomain
import LanyardScanner

extension LaneLanguage {
  /// Does something; where it fails, that is said in a language.
  ///
  /// - Throws: The `ExitStatus` that follows, when all is said.
  static func saying(in language: Language, _ body: () async throws -> Void) async throws {
    do { try await body() } catch { throw Lanyard.report(error, in: language) }
  }
}
