import GRDB
import LanyardDomain
import LanyardStore

extension PageRequest {
  /// The keys after which the page begins, for a statement.
  func arguments(from start: PageCursor.Key...) throws(InvalidInput) -> StatementArguments {
    StatementArguments(
      try keys(from: start).map { key -> any DatabaseValueConvertible in
        switch key {
        case .number(let number): number
        case .text(let text): text
        }
      }
    )
  }
}
