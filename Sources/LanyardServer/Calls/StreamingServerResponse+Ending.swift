import GRPCCore

extension StreamingServerResponse {
  /// The response with a look at how what it says ended, by what is returned or by the error that is thrown in its place; one
  /// that refuses the call is left as it is.
  func ending(
    _ body: @escaping @Sendable (Result<Metadata, any Error>) async throws -> Metadata
  ) -> StreamingServerResponse {
    guard case .success(var contents) = accepted else { return self }
    let produce = contents.producer
    contents.producer = { writer in
      let metadata: Metadata
      do {
        metadata = try await produce(writer)
      } catch {
        return try await body(.failure(error))
      }
      return try await body(.success(metadata))
    }
    var response = self
    response.accepted = .success(contents)
    return response
  }
}
