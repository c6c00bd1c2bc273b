"""The neighbourhood forum: boards of a place, topics and posts, rules of speech and moderation in the open.

A post is cooked once, when it is written: pages join stored articles. It asks people for rights and offices, sites
for the frame, files for pictures, and tells by messaging. Upper apps fill the slots `post.acts` and `topic.aside`.
"""
