package import GRPCCore
import GRPCProtobuf
import LanyardStore
package import Logging
import Metrics
import NIOCore
import NIOHTTP2

/// Logs each call that fails, those of strangers as counts, and counts every call: method, status and time; never what was
/// said.
package struct RequestLog: ServerInterceptor {
  private let logger: Logger
  private let strangers: StrangersCalls

  package init(logger: Logger) {
    self.logger = logger
    strangers = StrangersCalls(logger: logger)
  }

  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let method = context.descriptor.fullyQualifiedMethod
    let clock = ContinuousClock()
    let start = clock.now
    let isBare = request.metadata[stringValues: "authorization"].first { _ in true } == nil
    strangers.tellIfDue()
    do {
      let response = try await next(request, context)
      if case .failure(let error) = response.accepted {
        report(error, method, context, start.duration(to: clock.now), isBare: isBare)
      }
      return response.ending { result in
        switch result {
        case .success: record(method, .ok, start.duration(to: clock.now))
        case .failure(let error): report(error, method, context, start.duration(to: clock.now), isBare: isBare)
        }
        return try result.get()
      }
    } catch {
      report(error, method, context, start.duration(to: clock.now), isBare: isBare)
      throw error
    }
  }

  /// - Parameter isBare: Whether the call shows no token.
  private func report(
    _ error: any Error,
    _ method: String,
    _ context: ServerContext,
    _ took: Duration,
    isBare: Bool
  ) {
    let rpc = error as? RPCError ?? (error as? any RPCErrorConvertible).map { RPCError($0) }
    let code = rpc?.code ?? .unknown
    record(method, Status.Code(code), took)
    let isOurs = Self.isOurs(error, code, isCancelled: context.cancellation.isCancelled)
    if !isOurs && Self.isStrangers(context, code, isBare: isBare) {
      return strangers.add(.init(method: method, status: "\(code)"), peer: context.remotePeer)
    }
    var metadata: Logger.Metadata = ["method": "\(method)", "status": "\(code)", "peer": "\(context.remotePeer)"]
    if isOurs { metadata["cause"] = "\(rpc?.cause ?? error)" }
    logger.log(level: isOurs ? .error : .info, "call failed", metadata: metadata)
  }

  /// Whether a call failed of somebody who has not shown who they are.
  static func isStrangers(_ context: ServerContext, _ code: RPCError.Code, isBare: Bool) -> Bool {
    let rule = AccessPolicy.rule(for: context.descriptor)
    return code == .unauthenticated || rule == .everyone || isBare && rule.admitsStrangers
  }

  /// Whether the server is at fault: a client that goes away or sends what is no request is not its fault.
  package static func isOurs(_ error: any Error, _ code: RPCError.Code, isCancelled: Bool) -> Bool {
    if let error = error as? StoreError ?? (error as? RPCError)?.cause as? StoreError {
      switch error {
      case .failed, .outOfSpace, .busy, .vanished, .unsigned: return true
      default: return false
      }
    }
    if isCancelled || error is CancellationError || error is ChannelError || error is IOError { return false }
    if error is NIOHTTP2Errors.StreamClosed { return false }
    guard let error = error as? RPCError else {
      return error is any RPCErrorConvertible ? [.internalError, .unknown, .dataLoss].contains(code) : true
    }
    // The service's own errors say why; one without is the transport's, of a request that is none.
    let isOwn = (try? error.unpackGoogleRPCStatus()) != nil
    return isOwn && [.internalError, .unknown, .dataLoss].contains(code)
  }

  private func record(_ method: String, _ code: Status.Code, _ took: Duration) {
    let dimensions = [("method", method), ("status", "\(code)")]
    Counter(label: "lanyard_calls_total", dimensions: dimensions).increment()
    Metrics.Timer(label: "lanyard_call_duration", dimensions: [("method", method)]).record(duration: took)
  }
}
