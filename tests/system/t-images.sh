# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Which image is meant, under every name that docker knows it by.

t_hole_3A7_restricted_image_under_other_names()
{
	local id name

	id=$(dk image inspect --format '{{.Id}}' ubuntu:14.04)
	for name in ubuntu:14.04 docker.io/library/ubuntu:14.04 \
		library/ubuntu:14.04 docker.io/ubuntu:14.04 \
		index.docker.io/library/ubuntu:14.04 "$id" "${id#sha256:}" \
		"$(printf %.12s "${id#sha256:}")" "$(printf %.4s "${id#sha256:}")" \
		"ubuntu@$id" "ubuntu:14.04@$id" "ubuntu:latest@$id" \
		DOCKER.IO/library/ubuntu:14.04; do
		refused alice '' run --rm "$name" true
	done
	ran alice run --rm alpine:latest true
}

t_images_alpine_is_one_image_for_both_lists()
{
	local name

	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	ALLOWEDIMAGES=alpine
	EOS
	for name in alpine alpine:latest docker.io/library/alpine library/alpine \
		docker.io/alpine:latest; do
		ran alice run --rm "$name" true
	done
	refused alice raise run --rm raise true
	refused alice xalpine run --rm xalpine true
	refused alice alpinex run --rm alpinex true
	refused alice alpine:3 run --rm alpine:3 true
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	RESTRICTEDIMAGES=alpine:latest
	EOS
	for name in alpine alpine:latest docker.io/library/alpine; do
		refused alice '' run --rm "$name" true
	done
	ran alice run --rm raise true
}

t_images_patterns_are_anchored_as_a_whole()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	ALLOWEDIMAGES=alpine|rai
	EOS
	refused alice raise run --rm raise true
	refused alice evil run --rm evil/alpine true
	refused alice localhost run --rm localhost/alpine true
	ran alice run --rm alpine true
}

t_images_pattern_that_never_ends_is_a_refusal()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	ALLOWEDIMAGES=(([a-z])+)+\$ ([a-z]+)*[0-9]
	EOS
	SECONDS=0
	refused alice '' run --rm "$(head -c 4000 /dev/zero | tr '\0' a)" true
	[ $SECONDS -lt 5 ] || fail 'it took too long'
}

t_images_user_section_narrows_nothing_for_others()
{
	policy <<-'EOS'
	[command:run]
	WHITELIST=--rm
	[command:run user:alice]
	ALLOWEDIMAGES=alpine:.*
	[command:run group:lab]
	RESTRICTEDIMAGES=raise
	EOS
	ran alice run --rm alpine true
	refused alice accounts run --rm accounts true
	ran carol run --rm accounts true
	ran carol run --rm raise true
	refused bob raise run --rm raise true
	ran bob run --rm accounts true
}

t_images_bad_references()
{
	local name

	for name in -x a//b A 'a b' a:b:c a@b :x @x '' 'a:' ./x ../x /x \
		http://x/y 'a;b' '*' "$(printf 'a%.0s' {1..300})"; do
		refused alice '' run --rm -- "$name" true
	done
}
