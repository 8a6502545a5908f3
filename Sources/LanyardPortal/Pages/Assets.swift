import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The files that pages refer to, each at an address that has the hash of its content, so that browsers keep it for ever.
struct Assets: Sendable {
  /// One file.
  struct File: Sendable {
    let path: String
    let type: String
    let content: ByteBuffer
    /// The same in less room.
    let small: ByteBuffer?
    /// Whether it may look after every page of the site.
    var isWorker = false
  }

  let styleSheet = File("lanyard", "css", "text/css; charset=utf-8", PackageResources.lanyard_css)
  let script = File("portal", "js", "text/javascript; charset=utf-8", PackageResources.portal_js)
  let worker = File("badge", "js", "text/javascript; charset=utf-8", PackageResources.badge_js, isWorker: true)
  let icon = File("icon", "svg", "image/svg+xml", PackageResources.icon_svg)

  private var all: [File] { [styleSheet, script, worker, icon] }

  /// The file at a path; nil where there is none.
  func file(at path: String) -> File? { all.first { $0.path == path } }
}

extension Assets.File {
  fileprivate init(_ name: String, _ suffix: String, _ type: String, _ bytes: [UInt8], isWorker: Bool = false) {
    let digest = SHA256.hash(data: bytes).prefix(8).map { String(format: "%02x", $0) }.joined()
    self.init(
      path: "/assets/\(name).\(digest).\(suffix)",
      type: type,
      content: ByteBuffer(bytes: bytes),
      small: Gzip.compressed(bytes).map { ByteBuffer(bytes: $0) },
      isWorker: isWorker
    )
  }

  func response(isGzip: Bool) -> Response {
    var headers: HTTPFields = [
      .contentType: type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
    ]
    let small = isGzip ? small : nil
    if small != nil { headers[.contentEncoding] = "gzip" }
    if isWorker, let scope = HTTPField.Name("Service-Worker-Allowed") { headers[scope] = "/" }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: small ?? content))
  }
}
