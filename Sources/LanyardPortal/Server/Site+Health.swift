import Hummingbird
import LanyardAPI
import NIOCore

extension Site {
  /// For a load balancer: whether the service behind the pages can answer, and no more.
  func health(_ visit: Visit) async -> Response {
    let isReady = await isReady(visit)
    return Response(
      status: isReady ? .ok : .serviceUnavailable,
      headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: isReady ? "ready\n" : "not-ready\n"))
    )
  }

  private func isReady(_ visit: Visit) async -> Bool {
    let calls = calls.by(visit)
    // Whatever it fails of, it is not ready.
    let answer = try? await calls.service.health.check(.init(), metadata: calls.metadata, options: calls.options)
    return answer?.status == .serving
  }
}
