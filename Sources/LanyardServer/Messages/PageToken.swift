import Crypto
import Foundation
import LanyardDomain
import LanyardStore

/// Page tokens (AIP-158): where the next page begins, bound to the list that they were made for.
enum PageToken {
  /// Page size where a request says none, and the most that one may ask for.
  static let defaultSize = 100
  static let maximumSize = 1000

  /// The page that a request asks for.
  ///
  /// - Parameter list: Everything that must be the same from page to page, such as parent and filters.
  static func page(size: Int32, token: String, of list: String) throws(InvalidInput) -> PageRequest {
    guard size >= 0 else {
      throw InvalidInput(field: "page_size", reason: "is negative; say 0 for \(defaultSize), or up to \(maximumSize)")
    }
    let size = size == 0 ? defaultSize : min(Int(size), maximumSize)
    guard !token.isEmpty else { return PageRequest(size: size) }
    guard let bytes = Data(base64Encoded: token), bytes.count == 16, bytes.suffix(8) == digest(list),
      bytes[bytes.startIndex] < 0x80
    else {
      throw InvalidInput(
        field: "page_token",
        reason: "was not made for this list; send next_page_token with the other fields unchanged, or leave it empty"
      )
    }
    return PageRequest(size: size, after: bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
  }

  /// The token of the page that begins at `next`; empty where there is none.
  static func token(_ next: Int64?, of list: String) -> String {
    guard let next else { return "" }
    let position = (0..<8).map { UInt8(truncatingIfNeeded: next >> (56 - 8 * $0)) }
    return (Data(position) + digest(list)).base64EncodedString()
  }

  private static func digest(_ list: String) -> Data {
    Data(SHA256.hash(data: Data(list.utf8)).prefix(8))
  }
}
