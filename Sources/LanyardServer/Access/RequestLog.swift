import GRPCCore
import Logging
import Metrics

/// Logs each call that fails and counts every call: method, status and time; never what was said.
struct RequestLog: ServerInterceptor {
  let logger: Logger

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let method = context.descriptor.fullyQualifiedMethod
    let clock = ContinuousClock()
    let start = clock.now
    do {
      var response = try await next(request, context)
      if case .success(var contents) = response.accepted {
        let produce = contents.producer
        contents.producer = { writer in
          do {
            let metadata = try await produce(writer)
            record(method, .ok, start.duration(to: clock.now))
            return metadata
          } catch {
            report(error, method, context, start.duration(to: clock.now))
            throw error
          }
        }
        response.accepted = .success(contents)
      } else if case .failure(let error) = response.accepted {
        report(error, method, context, start.duration(to: clock.now))
      }
      return response
    } catch {
      report(error, method, context, start.duration(to: clock.now))
      throw error
    }
  }

  private func report(_ error: any Error, _ method: String, _ context: ServerContext, _ took: Duration) {
    let rpc = error as? RPCError ?? (error as? any RPCErrorConvertible).map { RPCError($0) }
    let code = rpc?.code ?? .unknown
    record(method, Status.Code(code), took)
    let isOurs = [.internalError, .unknown, .resourceExhausted, .dataLoss].contains(code)
    var metadata: Logger.Metadata = ["method": "\(method)", "status": "\(code)", "peer": "\(context.remotePeer)"]
    if isOurs { metadata["cause"] = "\(rpc?.cause ?? error)" }
    logger.log(level: isOurs ? .error : .info, "call failed", metadata: metadata)
  }

  private func record(_ method: String, _ code: Status.Code, _ took: Duration) {
    let dimensions = [("method", method), ("status", "\(code)")]
    Counter(label: "lanyard_calls_total", dimensions: dimensions).increment()
    Metrics.Timer(label: "lanyard_call_duration", dimensions: [("method", method)]).record(duration: took)
  }
}
