package import LanyardDomain

/// Who signed in with which token: only the hashes of their secrets.
package protocol SignInStore: Sendable {
  /// Adds a sign-in, and forgets those of the same token that have run out; one more than `SignIns.limit` ends the oldest.
  ///
  /// - Throws: `notFound` where its token is not there, or was revoked.
  func addSignIn(_ act: Act, _ signIn: StoredSignIn) async throws(StoreError)
  /// With its token; nil where there is none of this id, or it was ended.
  func signIn(_ id: String) async throws(StoreError) -> (signIn: StoredSignIn, token: StoredToken)?
  /// Those of tokens that were not revoked, oldest first; some of them may have run out.
  func signIns() async throws(StoreError) -> [StoredSignIn]
  /// Ends a sign-in; false where there is none of this id.
  func endSignIn(_ act: Act, _ id: String) async throws(StoreError) -> Bool
}
