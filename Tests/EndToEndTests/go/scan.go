package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"

	lanyardv1 "lanyard/v1"
)

// scan sends scans on one stream, and then reports, and takes in their answers; those to the scans say that they are no
// badges. A report is answered at once, a scan when it is on disk.
func scan(server, authority, token, checkpoint string, count, reports int, pace time.Duration) (string, error) {
	tls, err := credentials.NewClientTLSFromFile(authority, "")
	if err != nil {
		return "", err
	}
	connection, err := grpc.Dial(server, grpc.WithTransportCredentials(tls))
	if err != nil {
		return "", err
	}
	defer connection.Close()
	ctx := metadata.AppendToOutgoingContext(context.Background(), "authorization", "Bearer "+token)
	stream, err := lanyardv1.NewCheckInServiceClient(connection).StreamCheckIns(ctx)
	if err != nil {
		return "", err
	}
	if err := stream.Send(&lanyardv1.StreamCheckInsRequest{Checkpoint: checkpoint}); err != nil {
		return "", err
	}
	if _, err := stream.Recv(); err != nil {
		return "", fmt.Errorf("the lane was not opened: %w", err)
	}
	answered := make(chan int, count+reports)
	failed := make(chan error, 1)
	go func() {
		defer close(answered)
		for {
			answer, err := stream.Recv()
			if err != nil {
				failed <- err
				return
			}
			answered <- len(answer.Results)
		}
	}()
	total := 0
	take := func() error {
		number, isOpen := <-answered
		total += number
		if !isOpen {
			return fmt.Errorf("%d of %d scans were answered: %w", total, count, <-failed)
		}
		return nil
	}
	start := time.Now()
	for number := 0; number < count; number++ {
		message := &lanyardv1.StreamCheckInsRequest{Scans: []*lanyardv1.Scan{{ScanId: uuid(), Code: "no badge"}}}
		if err := stream.Send(message); err != nil && err != io.EOF {
			return "", err
		}
		if pace == 0 {
			if err := take(); err != nil {
				return "", err
			}
			continue
		}
		select {
		case err := <-failed:
			return "", fmt.Errorf("the stream ended after %d scans: %w", number+1, err)
		case <-time.After(time.Until(start.Add(time.Duration(number+1) * pace))):
		}
	}
	for total < count {
		if err := take(); err != nil {
			return "", err
		}
	}
	for number := 0; number < reports; number++ {
		message := &lanyardv1.StreamCheckInsRequest{Report: &lanyardv1.DeviceReport{Version: "go"}}
		if err := stream.Send(message); err != nil && err != io.EOF {
			return "", err
		}
		if err := take(); err != nil {
			return "", err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return "", err
	}
	return fmt.Sprintf("answered %d in %.1f s", total, time.Since(start).Seconds()), nil
}

// uuid makes a random UUID (RFC 4122, version 4).
func uuid() string {
	var bytes [16]byte
	if _, err := rand.Read(bytes[:]); err != nil {
		panic(err)
	}
	bytes[6] = bytes[6]&0x0f | 0x40
	bytes[8] = bytes[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}
